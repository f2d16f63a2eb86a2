-- One process of a run, one instance of a service, or one build. The transaction that appends locks
-- this row, so the lines of a stream never have gaps.
create table log_stream (
  id bigint not null primary key,
  project_id bigint not null,
  owner_kind varchar(8) not null,
  owner_id bigint not null,
  name varchar(100) not null,
  labels varchar(4096) not null,
  release_name varchar(200),
  environment varchar(200),
  service_name varchar(200),
  next_line bigint not null,
  purged_through bigint not null,
  created_at bigint not null,
  deleted_at bigint,
  constraint uq_log_stream_name unique (project_id, owner_id, name)
);

-- What a segment holds; readers look here first, and mostly only here.
create table log_segment (
  stream_id bigint not null,
  first_line bigint not null,
  project_id bigint not null,
  owner_id bigint not null,
  bucket int not null,
  line_count int not null,
  min_time bigint not null,
  max_time bigint not null,
  severity_mask int not null,
  level_counts varbinary(16384) not null,
  source_counts varbinary(16384) not null,
  raw_bytes int not null,
  payload_bytes int not null,
  state varchar(8) not null,
  format smallint not null,
  checksum int not null,
  location varchar(16) not null,
  created_at bigint not null,
  primary key (stream_id, first_line)
);

-- Exactly the order in which merged views read.
create index ix_log_segment_time on log_segment
  (project_id, owner_id, bucket desc, max_time desc, stream_id, first_line);

create index ix_log_segment_state on log_segment (state, stream_id, first_line);

-- The numbers of the batches that a sender has sent last, so that a repeated one is recognised.
create table log_client (
  stream_id bigint not null,
  client_id varchar(64) not null,
  recent varbinary(16384) not null,
  primary key (stream_id, client_id)
);

-- The commit feed: which streams a group commit extended.
create table log_commit (
  writer bigint not null,
  seq bigint not null,
  committed_at bigint not null,
  appends varbinary(32768) not null,
  primary key (writer, seq)
);

create index ix_log_commit_time on log_commit (committed_at);
