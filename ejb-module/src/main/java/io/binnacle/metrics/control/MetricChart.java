package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Draws a metric: reads all of it, a page and a transaction at a time, and keeps few points. */
@ApplicationScoped
public class MetricChart {
  /** Values read at once. */
  private static final int CHUNK = 10_000;

  @Inject MetricCatalog catalog;

  /**
   * All values, or the extremes of each part when there are too many.
   *
   * @param maxPoints 3 or more
   * @throws ProblemException {@code not_found} for a metric that the run has not
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Page<MetricSample> draw(RunRef run, String name, long fromStep, int maxPoints) {
    MetricSamples.Series series = catalog.series(run, name);
    List<MetricSample> chunk = catalog.samples(series, fromStep, maxPoints + 1);
    if (chunk.size() <= maxPoints) {
      return Page.whole(chunk);
    }
    Downsampling chart = new Downsampling(chunk.get(0).step(), catalog.lastStep(series), maxPoints);
    long total = 0;
    long next = fromStep;
    do {
      chunk = catalog.samples(series, next, CHUNK);
      chunk.forEach(chart::add);
      total += chunk.size();
      next = chunk.isEmpty() ? next : chunk.get(chunk.size() - 1).step() + 1;
    } while (chunk.size() == CHUNK && next > 0);
    return new Page<>(chart.points(), null, total, true);
  }
}
