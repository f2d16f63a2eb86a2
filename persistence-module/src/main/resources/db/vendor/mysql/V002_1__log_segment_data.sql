create table log_segment_data (
  stream_id bigint not null,
  first_line bigint not null,
  payload mediumblob not null,
  primary key (stream_id, first_line)
);
