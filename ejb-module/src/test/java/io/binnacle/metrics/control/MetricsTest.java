package io.binnacle.metrics.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.metrics.entity.MetricPoint;
import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricSummary;
import io.binnacle.metrics.entity.MetricTotal;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.entity.Times;
import io.binnacle.runs.control.RunRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
  private static final long TIME = Times.nanos(MetricsFixture.NOW);

  private final MetricsFixture metrics = new MetricsFixture();

  @AfterAll
  void close() {
    metrics.close();
  }

  @Test
  void aRequestThatIsRepeatedChangesNothing() {
    RunRef run = metrics.run();
    MetricPoint[] points = {
      point(1, Map.of("loss", 0.5, "acc", 0.1)), point(2, Map.of("loss", Double.NaN))
    };

    MetricAck first = metrics.store(run, points);
    MetricAck second = metrics.store(run, points);

    assertEquals(new MetricAck(2, List.of(), 0), first);
    assertEquals(first, second);
    assertEquals(
        List.of(
            new MetricSummary("acc", 1, 0.1, 0.1, 0.1, 1),
            new MetricSummary("loss", 2, Double.NaN, 0.5, 0.5, 2)),
        summaries(run));
  }

  @Test
  void theLastValueOfAStepCountsAlsoWithinARequest() {
    RunRef run = metrics.run();
    metrics.store(run, point(1, Map.of("loss", 1.0)), point(1, Map.of("loss", 2.0, "acc", 3.0)));

    assertEquals(
        List.of(2.0),
        page(run, "loss", 0, null, 10).items().stream().map(MetricSample::value).toList());
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEnded() {
    RunRef run = metrics.run();
    metrics.store(
        run,
        IntStream.range(0, 25)
            .mapToObj(i -> point(i * 10L, Map.of("loss", (double) i)))
            .toArray(MetricPoint[]::new));

    List<Long> steps = new ArrayList<>();
    String cursor = null;
    do {
      Page<MetricSample> page = page(run, "loss", 45, cursor, 7);
      assertEquals(20, page.total());
      page.items().forEach(sample -> steps.add(sample.step()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertEquals(IntStream.range(5, 25).mapToObj(i -> i * 10L).toList(), steps);
  }

  @Test
  void aCursorOfAnotherMetricIsRefused() {
    RunRef run = metrics.run();
    metrics.store(run, point(1, Map.of("a", 1.0, "b", 1.0)), point(2, Map.of("a", 1.0, "b", 1.0)));
    String cursor = page(run, "a", 0, null, 1).nextCursor();

    assertEquals(
        ProblemType.INVALID_CURSOR,
        assertThrows(ProblemException.class, () -> page(run, "b", 0, cursor, 1)).type());
    assertEquals(
        ProblemType.NOT_FOUND,
        assertThrows(ProblemException.class, () -> page(run, "c", 0, null, 1)).type());
  }

  @Test
  void aChartShowsAllPointsOrTheExtremes() {
    RunRef run = metrics.run();
    for (int from = 0; from < 12_000; from += 1_000) {
      int first = from;
      metrics.store(
          run,
          IntStream.range(0, 1_000)
              .mapToObj(i -> point(first + i, Map.of("loss", first + i == 10_500 ? 99.0 : 1.0)))
              .toArray(MetricPoint[]::new));
    }

    Page<MetricSample> few = read(() -> metrics.chart.draw(run, "loss", 0, null, 300));
    Page<MetricSample> all = read(() -> metrics.chart.draw(run, "loss", 11_900, null, 300));

    assertTrue(few.items().size() <= 300);
    assertEquals(12_000, few.total());
    assertTrue(few.items().stream().anyMatch(s -> s.value() == 99 && s.step() == 10_500));
    assertEquals(100, all.items().size());
  }

  @Test
  void aChartOfALongMetricGoesOnBehindWhatWasDrawn() {
    RunRef run = metrics.run();
    write(run, 0, 25_000, 1.0);
    metrics.store(run, point(24_990, Map.of("loss", 99.0)));
    MetricChart chart = new MetricChart();
    chart.catalog = metrics.catalog;
    chart.maxValues = 10_000;
    List<MetricSample> points = new ArrayList<>();
    List<Boolean> whole = new ArrayList<>();
    String cursor = null;
    do {
      String from = cursor;
      Page<MetricSample> page = read(() -> chart.draw(run, "loss", 0, from, 300));
      assertTrue(page.items().size() <= 300);
      points.addAll(page.items());
      whole.add(page.totalExact());
      cursor = page.nextCursor();
    } while (cursor != null);

    assertEquals(List.of(false, false, true), whole);
    for (int i = 1; i < points.size(); i++) {
      assertTrue(points.get(i - 1).step() < points.get(i).step());
    }
    assertTrue(points.stream().anyMatch(s -> s.value() == 99));
  }

  @Test
  void manyMetricsAreReadInPagesOfFewStatements() {
    RunRef run = metrics.run();
    Map<String, Double> values = new HashMap<>();
    IntStream.range(0, 450).forEach(i -> values.put("m%03d".formatted(i), (double) i));
    metrics.store(run, point(1, values));
    metrics.store(run, point(5_000, values));
    metrics.statements.set(0);
    List<MetricSummary> read = new ArrayList<>();
    String cursor = null;
    do {
      String from = cursor;
      Page<MetricSummary> page = read(() -> metrics.catalog.summaries(run, from, 200));
      assertEquals(450, page.total());
      read.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);

    assertEquals(values.keySet().stream().sorted().toList(), names(read));
    assertEquals(new MetricSummary("m007", 2, 7.0, 7.0, 7.0, 5_000), read.get(7));
    assertTrue(metrics.statements.get() < 30, metrics.statements + " statements");
  }

  private static List<String> names(List<MetricSummary> summaries) {
    return summaries.stream().map(MetricSummary::name).toList();
  }

  @Test
  void aSummaryOfManySamplesIsThatOfAllOfThem() {
    RunRef run = metrics.run();
    write(run, 0, 5_000, 1.0);
    metrics.store(run, point(6_000, Map.of("loss", -3.0)), point(6_001, Map.of("loss", 7.0)));

    assertEquals(new MetricSummary("loss", 5_002, 7.0, -3.0, 7.0, 6_001), summary(run));
    assertEquals(5_001, total(run).throughStep(), "only the newest samples are read each time");
    assertEquals(5_000, total(run).count());
  }

  @Test
  void aSummaryIsRightWhenOldSamplesAreWrittenAgain() {
    RunRef run = metrics.run();
    write(run, 0, 5_000, 1.0);
    metrics.store(run, point(10, Map.of("loss", -3.0)));
    assertEquals(new MetricSummary("loss", 5_000, 1.0, -3.0, 1.0, 4_999), summary(run));

    write(run, 10, 5_000, 2.0);
    assertEquals(new MetricSummary("loss", 5_000, 2.0, 1.0, 2.0, 4_999), summary(run));
    assertEquals(-1, total(run).throughStep(), "the past is not read for each change of it");

    write(run, 5_000, 12_000, 3.0);
    assertEquals(new MetricSummary("loss", 12_000, 3.0, 1.0, 3.0, 11_999), summary(run));
    assertEquals(10_999, total(run).throughStep());
  }

  @Test
  void stepsAsLargeAsCanBeAreAddedUp() {
    RunRef run = metrics.run();
    metrics.store(run, point(Long.MAX_VALUE, Map.of("loss", 1.0)));
    metrics.store(run, point(1, Map.of("loss", 2.0)));
    metrics.store(run, point(Long.MAX_VALUE, Map.of("loss", 3.0)));

    assertEquals(new MetricSummary("loss", 2, 3.0, 2.0, 3.0, Long.MAX_VALUE), summary(run));
  }

  private void write(RunRef run, int from, int to, double value) {
    for (int first = from; first < to; first += 1_000) {
      metrics.store(
          run,
          IntStream.range(first, Math.min(to, first + 1_000))
              .mapToObj(step -> point(step, Map.of("loss", value)))
              .toArray(MetricPoint[]::new));
    }
  }

  private MetricSummary summary(RunRef run) {
    return summaries(run).get(0);
  }

  private List<MetricSummary> summaries(RunRef run) {
    return read(() -> metrics.catalog.summaries(run, null, 1_000)).items();
  }

  private Collection<Long> id(RunRef run) {
    return metrics.names.behind(MetricsFixture.SCOPE, run.key(), "", 1).values();
  }

  private MetricTotal total(RunRef run) {
    return metrics.totals.of(MetricsFixture.SCOPE, run.key(), id(run)).values().iterator().next();
  }

  @Test
  void aRunHasABoundedNumberOfMetricsAndKeepsWhatItHas() {
    RunRef run = metrics.run();
    for (int from = 0; from < MetricLimits.NAMES; from += MetricLimits.VALUES) {
      Map<String, Double> values = new HashMap<>();
      IntStream.range(from, from + MetricLimits.VALUES).forEach(i -> values.put("m" + i, 1.0));
      assertEquals(1, metrics.store(run, point(1, values)).accepted());
    }

    MetricAck ack =
        metrics.store(
            run,
            point(2, Map.of("m1", 2.0)),
            point(2, Map.of("m2", 2.0, "new", 2.0)),
            point(2, Map.of("m3", 2.0)));

    assertEquals(2, ack.accepted());
    assertEquals(1, ack.refusedCount());
    assertEquals(1, ack.refused().get(0).index());
    assertEquals("too_many_names", ack.refused().get(0).code());
    assertEquals(1, page(run, "m2", 0, null, 10).total());
    assertEquals(2, page(run, "m3", 0, null, 10).total());
  }

  @Test
  void refusedPointsAreCounted() {
    RunRef run = metrics.run();
    MetricBatch batch = new MetricBatch();
    batch.refuse(new RefusedPoint(0, "invalid_step", "no"));
    batch.refuse(new RefusedPoint(1, "invalid_step", "no"));

    assertEquals(2, metrics.store(run, batch).refusedCount());
    assertTrue(
        metrics.refusals.of(MetricsFixture.SCOPE).stream()
            .filter(refusal -> refusal.reason().equals("invalid_step"))
            .map(Refusal::total)
            .anyMatch(total -> total == 2));
  }

  @Test
  void aDeletedRunTakesNothingAndIsEmptiedInSteps() {
    RunRef run = metrics.run();
    for (int from = 0; from < 6_000; from += 1_000) {
      int first = from;
      metrics.store(
          run,
          IntStream.range(0, 1_000)
              .mapToObj(i -> point(first + i, Map.of("loss", 1.0)))
              .toArray(MetricPoint[]::new));
    }
    metrics.runs.delete(run.key());

    assertEquals(
        ProblemType.RUN_DELETED,
        assertThrows(
                ProblemException.class, () -> metrics.store(run, point(1, Map.of("loss", 1.0))))
            .type());
    assertTrue(read(() -> metrics.deletion.removeSome(MetricsFixture.SCOPE, run.key())));
    assertFalse(read(() -> metrics.deletion.removeSome(MetricsFixture.SCOPE, run.key())));
    assertEquals(0, metrics.names.count(MetricsFixture.SCOPE, run.key()));
    assertEquals(List.of(), summaries(run));
  }

  private Page<MetricSample> page(
      RunRef run, String name, long from, @Nullable String cursor, int limit) {
    return read(() -> metrics.catalog.page(run, name, from, cursor, limit));
  }

  private <T> T read(Supplier<T> work) {
    return metrics.database.inTransaction(work);
  }

  private static MetricPoint point(long step, Map<String, Double> values) {
    return new MetricPoint(step, TIME, values);
  }
}
