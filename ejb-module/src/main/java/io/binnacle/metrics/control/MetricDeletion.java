package io.binnacle.metrics.control;

import io.binnacle.metrics.store.MetricNames;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.metrics.store.MetricTotals;
import io.binnacle.runs.control.RunDataOwner;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Removes the metrics of deleted runs. */
@ApplicationScoped
public class MetricDeletion implements RunDataOwner {
  /** Rows of one step: well below a second. */
  private static final int STEP = 5_000;

  @Inject MetricSamples samples;
  @Inject MetricTotals totals;
  @Inject MetricNames names;

  /** Nothing to do: metrics are reached through their run only. */
  @Override
  public void hide(ProjectScope scope, long runKey) {}

  @Override
  public boolean removeSome(ProjectScope scope, long runKey) {
    return samples.remove(scope, runKey, STEP) == STEP
        || totals.remove(scope, runKey, STEP) == STEP
        || names.remove(scope, runKey, STEP) == STEP;
  }
}
