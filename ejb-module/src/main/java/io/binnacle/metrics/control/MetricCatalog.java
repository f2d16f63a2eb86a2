package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricSummary;
import io.binnacle.metrics.store.MetricNames;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading metrics. */
@ApplicationScoped
public class MetricCatalog {
  /** Values read at once for a chart. */
  private static final int CHUNK = 10_000;

  @Inject MetricNames names;
  @Inject MetricSamples samples;

  /** The metrics of a run in numbers, by name. */
  @Transactional
  public List<MetricSummary> summaries(RunRef run) {
    return samples.summaries(run.scope(), run.key());
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
    long first = cursor == null ? fromStep : after(filter, cursor);
    List<MetricSample> found = samples.from(series, first, limit + 1);
    boolean more = found.size() > limit;
    List<MetricSample> items = more ? found.subList(0, limit) : found;
    String next =
        more ? Cursor.encode(filter, List.of(Long.toString(items.get(limit - 1).step()))) : null;
    return new Page<>(items, next, samples.count(series, fromStep), true);
  }

  /**
   * A metric for a chart: all values, or the extremes of each part when there are too many.
   *
   * @param maxPoints 3 or more
   */
  @Transactional
  public Page<MetricSample> chart(RunRef run, String name, long fromStep, int maxPoints) {
    MetricSamples.Series series = series(run, name);
    List<MetricSample> chunk = samples.from(series, fromStep, maxPoints + 1);
    if (chunk.size() <= maxPoints) {
      return Page.whole(chunk);
    }
    MetricSamples.Span span =
        Optional.ofNullable(samples.span(series, fromStep)).orElseThrow(IllegalStateException::new);
    Downsampling chart = new Downsampling(span.first(), span.last(), maxPoints);
    long total = 0;
    long next = fromStep;
    do {
      chunk = samples.from(series, next, CHUNK);
      chunk.forEach(chart::add);
      total += chunk.size();
      next = chunk.isEmpty() ? next : chunk.get(chunk.size() - 1).step() + 1;
    } while (chunk.size() == CHUNK && next > 0);
    return new Page<>(chart.points(), null, total, true);
  }

  private MetricSamples.Series series(RunRef run, String name) {
    long id =
        names
            .find(run.scope(), run.key(), name)
            .orElseThrow(() -> ProblemException.notFound("metric"));
    return new MetricSamples.Series(run.scope(), run.key(), id, name);
  }

  private static long after(String filter, String cursor) {
    try {
      return Long.parseLong(Cursor.decode(filter, cursor).get(0)) + 1;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw ProblemException.of(ProblemType.INVALID_CURSOR, "The cursor was not made here.");
    }
  }
}
