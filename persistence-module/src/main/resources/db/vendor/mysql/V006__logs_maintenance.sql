-- MySQL commits each of these at once and knows no "if exists" for them: asked first, so that a
-- start that was cut here can be repeated.

-- Compaction looks for what is old; what is young and not yet of interest it must not even read.
set @change = if(
  exists(select 1 from information_schema.statistics
    where table_schema = database() and index_name = 'ix_log_segment_age'),
  'do 0',
  'alter table log_segment drop index ix_log_segment_state,
    add index ix_log_segment_age (state, created_at, stream_id, first_line)');
prepare change_segments from @change;
execute change_segments;
deallocate prepare change_segments;

-- Whether there may be segments below the purge mark. Nobody knows of the streams that exist.
set @change = if(
  exists(select 1 from information_schema.statistics
    where table_schema = database() and index_name = 'ix_log_stream_garbage'),
  'do 0',
  'alter table log_stream add column garbage smallint not null default 1,
    add index ix_log_stream_garbage (garbage, id)');
prepare change_streams from @change;
execute change_streams;
deallocate prepare change_streams;
