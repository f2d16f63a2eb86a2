-- Compaction looks for what is old; what is young and not yet of interest it must not even read.
create index if not exists ix_log_segment_age on log_segment
  (state, created_at, stream_id, first_line);

drop index if exists ix_log_segment_state;

-- Whether there may be segments below the purge mark. Nobody knows of the streams that exist.
alter table log_stream add column if not exists garbage smallint default 1 not null;

create index if not exists ix_log_stream_garbage on log_stream (garbage, id);
