-- A row is written with every group of batches: with one number for its key, and none for its age, it
-- is one entry to write on H2 and not three.
create table if not exists log_feed (
  place bigint not null primary key,
  committed_at bigint not null,
  appends varbinary(32768) not null
);

-- A start that was cut here has left something in it.
truncate table log_feed;

insert into log_feed (place, committed_at, appends)
  select writer * 1099511627776 + seq, committed_at, appends from log_commit;
