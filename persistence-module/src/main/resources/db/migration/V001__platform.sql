-- What every feature needs: which servers live, who may run a timer, what an admin set, what was refused.

create table server_life (
  number bigint not null primary key,
  host varchar(255) not null,
  started_at bigint not null,
  seen_at bigint not null
);

create table lease (
  name varchar(64) not null primary key,
  attempt bigint not null,
  holder bigint not null,
  held_until bigint not null
);

create table setting (
  name varchar(100) not null primary key,
  content varchar(4000) not null,
  changed_at bigint not null
);

-- One row for a project, a kind of data and a reason; project 0 is "before any project was known".
create table refusal (
  project_id bigint not null,
  kind varchar(32) not null,
  reason varchar(64) not null,
  total bigint not null,
  last_at bigint not null,
  primary key (project_id, kind, reason)
);
