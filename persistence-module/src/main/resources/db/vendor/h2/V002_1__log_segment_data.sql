-- VARBINARY, because H2 keeps every BLOB in a store of its own, which costs more than the lines.
create table log_segment_data (
  stream_id bigint not null,
  first_line bigint not null,
  payload varbinary(1048576) not null,
  primary key (stream_id, first_line)
);

-- H2 never reads an index backwards: without this the newest lines cost a sort of all of them.
create index ix_log_segment_newest on log_segment (stream_id, first_line desc);
