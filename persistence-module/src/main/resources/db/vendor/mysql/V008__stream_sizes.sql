-- What the readable segments of a stream take, so that retention need not add them up. MySQL commits
-- the column at once and knows no "if exists" for it: asked first, so that a start that was cut here
-- can be repeated.
set @change = if(
  exists(select 1 from information_schema.columns
    where table_schema = database() and table_name = 'log_stream'
      and column_name = 'payload_bytes'),
  'do 0',
  'alter table log_stream add column payload_bytes bigint not null default 0');
prepare change_streams from @change;
execute change_streams;
deallocate prepare change_streams;

update log_stream s set s.payload_bytes = (
  select coalesce(sum(g.payload_bytes), 0) from log_segment g
  where g.stream_id = s.id and g.first_line > s.purged_through);
