package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricSummary;
import io.binnacle.metrics.entity.MetricTotal;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.metrics.store.MetricTotals;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up metrics. Every page that shows them asks every few seconds, and a metric may have
 * millions of samples: whoever writes adds up the older ones once, and only the newest are read
 * each time.
 */
@ApplicationScoped
public class MetricSums {
  @Inject MetricSamples samples;
  @Inject MetricTotals totals;

  /** Keeps the totals right when samples were written; the run is locked. */
  void written(RunRef run, List<MetricSamples.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Map<Long, LongSummaryStatistics> steps = new HashMap<>();
    rows.forEach(
        row ->
            steps
                .computeIfAbsent(row.nameId(), id -> new LongSummaryStatistics())
                .accept(row.step()));
    Map<Long, MetricTotal> known = totals.of(run.scope(), run.key());
    Map<Long, MetricTotal> changed = new HashMap<>();
    steps.forEach(
        (nameId, written) -> {
          MetricTotal before = known.getOrDefault(nameId, MetricTotal.NONE);
          MetricTotal after = after(series(run, nameId, ""), before, written);
          if (!after.equals(before)) {
            changed.put(nameId, after);
          }
        });
    totals.put(run.scope(), run.key(), changed);
  }

  private MetricTotal after(
      MetricSamples.Series series, MetricTotal before, LongSummaryStatistics written) {
    if (before.holds(written.getMin())) {
      return before.lost();
    }
    if (!before.isDue(written.getMax())) {
      return before;
    }
    long through = MetricTotal.throughFor(written.getMax());
    return samples.add(series, before, through).through(through);
  }

  /** A metric in numbers; empty while it has no samples. */
  Optional<MetricSummary> summary(RunRef run, String name, long nameId, MetricTotal total) {
    MetricSamples.Series series = series(run, nameId, name);
    return samples
        .last(series)
        .map(
            last -> {
              MetricTotal all = samples.add(series, total, last.step());
              return new MetricSummary(
                  name, all.count(), last.value(), all.min(), all.max(), last.step());
            });
  }

  private static MetricSamples.Series series(RunRef run, long nameId, String name) {
    return new MetricSamples.Series(run.scope(), run.key(), nameId, name);
  }
}
