-- The day of the last batch in a part of a window, so that those of senders which are long gone can
-- be removed. Nobody knows it of the parts that exist: they stay until their senders write again.
alter table log_client add column if not exists seen_day int;

create index if not exists ix_log_client_seen on log_client (seen_day);
