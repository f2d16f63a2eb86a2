package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricSummary;
import io.binnacle.metrics.store.MetricNames;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Slice;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reading metrics. */
@ApplicationScoped
public class MetricCatalog {
  @Inject MetricNames names;
  @Inject MetricSamples samples;
  @Inject MetricSums sums;

  /**
   * A page of the metrics of a run in numbers, by name.
   *
   * @throws ProblemException {@code invalid_cursor}
   */
  @Transactional
  public Page<MetricSummary> summaries(RunRef run, @Nullable String cursor, int limit) {
    String filter = run.runId() + "\nnames";
    String after = cursor == null ? "" : Cursor.decodeText(filter, cursor);
    Map<String, Long> found = names.behind(run.scope(), run.key(), after, limit + 1);
    Slice<String> page = Slice.of(List.copyOf(found.keySet()), limit, List::of);
    found.keySet().retainAll(Set.copyOf(page.items()));
    return new Slice<>(sums.summaries(run, found), page.next())
        .page(filter, names.count(run.scope(), run.key()));
  }

  /**
   * A page of a metric in the order of its steps.
   *
   * @param fromStep the first step wanted
   * @throws ProblemException {@code not_found} for a metric that the run has not, {@code
   *     invalid_cursor}
   */
  @Transactional
  public Page<MetricSample> page(
      RunRef run, String name, long fromStep, @Nullable String cursor, int limit) {
    MetricSamples.Series series = series(run, name);
    String filter = run.runId() + "\n" + name + "\n" + fromStep;
    long first = cursor == null ? fromStep : Cursor.decodeNumber(filter, cursor) + 1;
    List<MetricSample> found = samples.from(series, first, limit + 1);
    return Slice.of(found, limit, sample -> List.of(Long.toString(sample.step())))
        .page(filter, samples.count(series, fromStep));
  }

  /** Some values of a metric, in a transaction of their own. */
  @Transactional
  List<MetricSample> samples(MetricSamples.Series series, long fromStep, int limit) {
    return samples.from(series, fromStep, limit);
  }

  /** The highest step of a metric, 0 when it has none. */
  @Transactional
  long lastStep(MetricSamples.Series series) {
    return samples.last(series).map(MetricSample::step).orElse(0L);
  }

  /**
   * Where a metric lies.
   *
   * @throws ProblemException {@code not_found}
   */
  @Transactional
  MetricSamples.Series series(RunRef run, String name) {
    long id =
        names
            .find(run.scope(), run.key(), name)
            .orElseThrow(() -> ProblemException.notFound("metric"));
    return new MetricSamples.Series(run.scope(), run.key(), id, name);
  }
}
