package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Slice;
import io.binnacle.runs.control.RunRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Draws a metric: reads its values, a page and a transaction at a time, and keeps few points. Of a
 * long metric it draws a part, and the cursor goes on behind it; few are drawn at a time.
 */
@ApplicationScoped
public class MetricChart {
  /** Values read at once. */
  private static final int CHUNK = 10_000;

  /** Values read for one answer: a second or two of work. */
  private static final int MAX_VALUES = 1_000_000;

  /** More at once would leave no processor to those who write. */
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int MAX_WAIT_SECONDS = 10;

  private final Semaphore drawing = new Semaphore(AT_ONCE, true);

  @Inject MetricCatalog catalog;

  /** Values read for one answer. */
  int maxValues = MAX_VALUES;

  /**
   * All values, or the extremes of each part when there are too many.
   *
   * @param maxPoints 3 or more
   * @throws ProblemException {@code not_found} for a metric that the run has not, {@code
   *     invalid_cursor}, {@code too_many_requests}
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Page<MetricSample> draw(
      RunRef run, String name, long fromStep, @Nullable String cursor, int maxPoints) {
    MetricSamples.Series series = catalog.series(run, name);
    String filter = run.runId() + "\n" + name + "\n" + fromStep + "\n" + maxPoints;
    long first = cursor == null ? fromStep : Cursor.decodeNumber(filter, cursor) + 1;
    List<MetricSample> few = catalog.samples(series, first, maxPoints + 1);
    if (few.size() <= maxPoints) {
      return Page.whole(few);
    }
    takeTurn();
    try {
      return draw(series, few.get(0).step(), maxPoints, filter);
    } finally {
      drawing.release();
    }
  }

  private Page<MetricSample> draw(
      MetricSamples.Series series, long first, int maxPoints, String filter) {
    Downsampling chart = new Downsampling(first, catalog.lastStep(series), maxPoints);
    List<MetricSample> chunk;
    long total = 0;
    long next = first;
    do {
      chunk = catalog.samples(series, next, CHUNK);
      chunk.forEach(chart::add);
      total += chunk.size();
      next = chunk.isEmpty() ? next : chunk.get(chunk.size() - 1).step() + 1;
    } while (chunk.size() == CHUNK && next > 0 && total < maxValues);
    boolean whole = chunk.size() < CHUNK || next < 0;
    List<String> behind = whole ? null : List.of(Long.toString(next - 1));
    return new Slice<>(chart.points(), behind).page(filter, total, whole);
  }

  private void takeTurn() {
    try {
      if (drawing.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.retryLater(
        ProblemType.TOO_MANY_REQUESTS, MAX_WAIT_SECONDS, "Too many charts at once. Try again.");
  }
}
