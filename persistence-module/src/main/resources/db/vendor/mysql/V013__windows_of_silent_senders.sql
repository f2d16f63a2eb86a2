-- The day of the last batch in a part of a window, so that those of senders which are long gone can
-- be removed. Nobody knows it of the parts that exist: they stay until their senders write again.
-- MySQL commits this at once and knows no "if exists" for it: asked first, so that a start that was
-- cut here can be repeated.
set @change = if(
  exists(select 1 from information_schema.statistics
    where table_schema = database() and index_name = 'ix_log_client_seen'),
  'do 0',
  'alter table log_client add column seen_day int,
    add index ix_log_client_seen (seen_day)');
prepare change_clients from @change;
execute change_clients;
deallocate prepare change_clients;
