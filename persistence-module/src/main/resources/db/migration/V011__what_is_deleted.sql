-- What is deleted and not yet gone, first by what nearly all runs have: the timer that looks for it
-- every two seconds reads nothing else.
create index ix_run_purge on run (purged_at, deleted_at, project_id);
