-- Each payload gets a number of its own for its key. MySQL commits a change of a table at once and
-- knows no "if not exists" for a column: asked first, so that a start that was cut here can be
-- repeated.
set @change = if(
  exists(select 1 from information_schema.columns
    where table_schema = database() and table_name = 'log_segment' and column_name = 'payload_id'),
  'do 0',
  'alter table log_segment add column payload_id bigint default 0 not null');
prepare change_segments from @change;
execute change_segments;
deallocate prepare change_segments;

create table if not exists log_payload (
  id bigint not null primary key,
  payload mediumblob not null
);

-- A start that was cut here has left something in it.
truncate table log_payload;

update log_segment g
  join (select stream_id, first_line, row_number() over (order by stream_id, first_line) as number
    from log_segment) n on n.stream_id = g.stream_id and n.first_line = g.first_line
  set g.payload_id = n.number;

insert into log_payload (id, payload)
  select g.payload_id, d.payload from log_segment g
  join log_segment_data d on d.stream_id = g.stream_id and d.first_line = g.first_line;
