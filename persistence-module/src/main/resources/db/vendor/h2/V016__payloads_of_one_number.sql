-- Each payload gets a number of its own for its key: H2 needs no index beside the rows for it, of
-- which a commit wrote a page for each of its streams.
alter table log_segment add column if not exists payload_id bigint default 0 not null;

create table if not exists log_payload (
  id bigint not null primary key,
  payload varbinary(1048576) not null
);

-- A start that was cut here has left something in it.
truncate table log_payload;

update log_segment set payload_id = rownum();

insert into log_payload (id, payload)
  select g.payload_id, d.payload from log_segment g
  join log_segment_data d on d.stream_id = g.stream_id and d.first_line = g.first_line;
