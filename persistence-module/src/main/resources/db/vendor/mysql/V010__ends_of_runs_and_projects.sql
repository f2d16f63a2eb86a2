-- MySQL commits each of these at once and knows no "if exists" for them: asked first, so that a
-- start that was cut here can be repeated.

-- When a run last gave a sign of life, which what arrives late need not be.
set @change = if(
  exists(select 1 from information_schema.columns
    where table_schema = database() and table_name = 'run' and column_name = 'alive_at'),
  'do 0',
  'alter table run add column alive_at bigint');
prepare change_runs from @change;
execute change_runs;
deallocate prepare change_runs;

-- When nothing was left of a deleted project: nobody need look for it again.
set @change = if(
  exists(select 1 from information_schema.columns
    where table_schema = database() and table_name = 'project' and column_name = 'purged_at'),
  'do 0',
  'alter table project add column purged_at bigint');
prepare change_projects from @change;
execute change_projects;
deallocate prepare change_projects;
