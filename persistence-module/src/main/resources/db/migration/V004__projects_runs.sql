-- Projects, their services, and runs.

create table project (
  id bigint not null primary key,
  number int not null,
  slug varchar(64) not null,
  name varchar(200) not null,
  description varchar(4000) not null,
  retention_days int,
  retention_bytes bigint,
  stream_bytes bigint,
  created_at bigint not null,
  version bigint not null,
  deleted_at bigint,
  constraint uq_project_number unique (number),
  constraint uq_project_slug unique (slug)
);

create table service (
  id bigint not null primary key,
  project_id bigint not null,
  name varchar(64) not null,
  created_at bigint not null,
  constraint uq_service_name unique (project_id, name)
);

create table run (
  id bigint not null primary key,
  run_id varchar(36) not null,
  project_id bigint not null,
  name varchar(200) not null,
  status varchar(16) not null,
  config mediumtext not null,
  tags varchar(4000) not null,
  notes mediumtext not null,
  host varchar(255),
  git_commit varchar(64),
  command varchar(4000),
  exit_code int,
  release_name varchar(200),
  environment varchar(200),
  service_name varchar(200),
  created_by bigint not null,
  created_at bigint not null,
  started_at bigint not null,
  ended_at bigint,
  heartbeat_at bigint not null,
  version bigint not null,
  deleted_at bigint,
  purged_at bigint,
  constraint uq_run_run_id unique (run_id)
);

create index ix_run_started on run (project_id, started_at desc, id desc);
create index ix_run_all on run (started_at desc, id desc);
create index ix_run_status on run (status, heartbeat_at);
