package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricRest;
import io.binnacle.metrics.entity.MetricSummary;
import io.binnacle.metrics.entity.MetricTotal;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.metrics.store.MetricTotals;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

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
    Map<Long, MetricTotal> known = totals.of(run.scope(), run.key(), steps.keySet());
    Map<Long, MetricTotal> changed = new HashMap<>();
    steps.forEach(
        (nameId, written) -> {
          MetricTotal before = of(known, nameId);
          MetricTotal after =
              before.after(
                  written.getMin(),
                  written.getMax(),
                  step -> samples.add(series(run, nameId), before, step));
          if (!after.equals(before)) {
            changed.put(nameId, after);
          }
        });
    totals.put(run.scope(), run.key(), changed);
  }

  /**
   * Metrics in numbers, in few statements however many they are.
   *
   * @param names with their ids
   * @return in the order of the names
   */
  List<MetricSummary> summaries(RunRef run, Map<String, Long> names) {
    Map<Long, MetricTotal> known = totals.of(run.scope(), run.key(), names.values());
    Map<Long, Long> through = new HashMap<>();
    names.values().forEach(id -> through.put(id, of(known, id).throughStep()));
    // A total stays behind the newest step: whatever has samples has some behind it.
    Map<Long, MetricRest> rests = samples.behind(run.scope(), run.key(), through);
    Map<Long, Long> steps = new HashMap<>();
    rests.forEach((id, rest) -> steps.put(id, rest.lastStep()));
    Map<Long, Double> last = samples.at(run.scope(), run.key(), steps);
    List<MetricSummary> summaries = new ArrayList<>();
    names.forEach(
        (name, id) -> {
          Double value = last.get(id);
          MetricRest rest = rests.get(id);
          if (value != null && rest != null) {
            summaries.add(summary(name, of(known, id), rest, value));
          }
        });
    return summaries;
  }

  private static MetricTotal of(Map<Long, MetricTotal> known, long nameId) {
    return known.getOrDefault(nameId, MetricTotal.NONE);
  }

  private static MetricSummary summary(
      String name, MetricTotal total, MetricRest rest, double last) {
    MetricTotal all = total.and(rest.count(), rest.min(), rest.max());
    return new MetricSummary(name, all.count(), last, all.min(), all.max(), rest.lastStep());
  }

  private static MetricSamples.Series series(RunRef run, long nameId) {
    return new MetricSamples.Series(run.scope(), run.key(), nameId, "");
  }
}
