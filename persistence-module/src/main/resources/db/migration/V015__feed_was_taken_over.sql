-- Apart from the taking over, so that a start that was cut between them has something to take over.
drop table if exists log_commit;
