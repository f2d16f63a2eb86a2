-- The numbers that a run reports, such as loss and accuracy.

-- The metrics of a run by name, so that a sample holds eight bytes for it.
create table metric_name (
  id bigint not null primary key,
  project_id bigint not null,
  run_key bigint not null,
  name varchar(250) not null,
  constraint uq_metric_name unique (project_id, run_key, name)
);

-- A value, or, since MySQL's doubles hold numbers only, the kind of what is none (special:
-- 0 a number, 1 NaN, 2 Infinity, 3 -Infinity).
create table metric_sample (
  run_key bigint not null,
  name_id bigint not null,
  step bigint not null,
  project_id bigint not null,
  number_value double,
  special smallint not null,
  recorded_at bigint not null,
  primary key (run_key, name_id, step)
);
