-- Since 2.4 H2 reads the primary key backwards when all its columns are asked for in falling order.
drop index if exists ix_log_segment_newest;
