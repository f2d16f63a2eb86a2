-- What the readable segments of a stream take, so that retention need not add them up.
alter table log_stream add column if not exists payload_bytes bigint default 0 not null;

update log_stream s set payload_bytes = (
  select coalesce(sum(g.payload_bytes), 0) from log_segment g
  where g.stream_id = s.id and g.first_line > s.purged_through);
