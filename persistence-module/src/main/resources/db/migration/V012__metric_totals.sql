-- What the samples of a metric up to a step add up to, so that the list of metrics need not read
-- them again. A metric without a row has few samples, or was not written since there are totals.
create table metric_total (
  run_key bigint not null,
  name_id bigint not null,
  project_id bigint not null,
  through_step bigint not null,
  fold_at bigint not null,
  sample_count bigint not null,
  min_value double,
  max_value double,
  primary key (run_key, name_id)
);
