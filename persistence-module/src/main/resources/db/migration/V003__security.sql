-- Who may do what: users, their memberships, keys and sessions, and the trail of what they changed.

create table user_account (
  id bigint not null primary key,
  name varchar(64) not null,
  display_name varchar(200) not null,
  password varchar(255) not null,
  role varchar(16) not null,
  disabled boolean not null,
  created_at bigint not null,
  version bigint not null,
  constraint user_account_name unique (name)
);

create table project_member (
  project_id bigint not null,
  user_id bigint not null,
  added_at bigint not null,
  primary key (project_id, user_id)
);
create index project_member_user on project_member (user_id, project_id);

-- Only the SHA-256 of a key or a session's token is kept.
create table api_key (
  id bigint not null primary key,
  user_id bigint not null,
  name varchar(100) not null,
  prefix varchar(16) not null,
  hash varchar(64) not null,
  scopes varchar(100) not null,
  project_id bigint,
  unlimited_tails boolean not null,
  created_at bigint not null,
  expires_at bigint,
  last_used_at bigint,
  revoked_at bigint,
  constraint api_key_hash unique (hash)
);
create index api_key_user on api_key (user_id, id desc);

create table console_session (
  id bigint not null primary key,
  user_id bigint not null,
  hash varchar(64) not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  address varchar(64) not null,
  user_agent varchar(300) not null,
  constraint console_session_hash unique (hash)
);
create index console_session_user on console_session (user_id, id desc);
create index console_session_expiry on console_session (expires_at);

-- Failed logins of a user name or an address: they slow the next ones down, on every node.
create table login_throttle (
  subject varchar(100) not null primary key,
  failures bigint not null,
  last_at bigint not null,
  blocked_until bigint not null
);
create index login_throttle_age on login_throttle (last_at);

-- Project 0 is the installation itself; user 0 is the server.
create table audit_entry (
  id bigint not null primary key,
  happened_at bigint not null,
  user_id bigint not null,
  key_id bigint,
  project_id bigint not null,
  action varchar(64) not null,
  object_type varchar(64) not null,
  object_id varchar(64) not null,
  before_state mediumtext,
  after_state mediumtext,
  request_id varchar(64)
);
create index audit_entry_newest on audit_entry (id desc);
create index audit_entry_project on audit_entry (project_id, id desc);
create index audit_entry_object on audit_entry (object_type, object_id, id desc);
