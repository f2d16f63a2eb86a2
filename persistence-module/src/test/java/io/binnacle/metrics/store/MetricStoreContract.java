package io.binnacle.metrics.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.binnacle.metrics.entity.MetricRest;
import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricTotal;
import io.binnacle.metrics.store.MetricSamples.Row;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metric stores do on every database(). */
abstract class MetricStoreContract extends StoreContract {
  private static final ProjectScope SCOPE = ProjectScope.granted(7);
  private static final ProjectScope OTHER = ProjectScope.granted(8);
  private static final long TIME = 1_763_712_000_123_456_789L;

  /** Whether a plan sorts what it read, or may. */
  protected abstract boolean sorts(String plan);

  private MetricNames names;
  private MetricSamples samples;
  private MetricTotals totals;
  private long run = 100;

  @Override
  protected void prepare(TestDatabase empty) {
    names = new MetricNames(empty.dataSource());
    samples = new MetricSamples(empty.dataSource());
    totals = new MetricTotals(empty.dataSource());
  }

  @BeforeEach
  void nextRun() {
    run++;
  }

  @Test
  void aNameKeepsItsIdAndItsCase() {
    add(Map.of("loss", run * 10, "Loss", run * 10 + 1, "loss ", run * 10 + 2, "损失", run * 10 + 3));

    assertEquals(
        Map.of("loss", run * 10, "Loss", run * 10 + 1),
        names.find(SCOPE, run, Set.of("loss", "Loss", "LOSS")));
    assertEquals(run * 10 + 3, names.find(SCOPE, run, "损失").orElseThrow());
    assertEquals(4, names.count(SCOPE, run));
    assertEquals(
        List.of("Loss", "loss", "loss ", "损失"),
        List.copyOf(names.behind(SCOPE, run, "", 10).keySet()));
  }

  @Test
  void manyNamesAreFoundInOneCall() {
    Map<String, Long> many = new HashMap<>();
    LongStream.range(0, 1_203).forEach(i -> many.put("m/" + i, run * 10_000 + i));
    add(many);

    assertEquals(many, names.find(SCOPE, run, many.keySet()));
    assertEquals(Map.of(), names.find(SCOPE, run, Set.of()));
  }

  @Test
  void anotherProjectSeesNeitherNamesNorValues() {
    long id = series("loss");
    put(new Row(id, 1, 0.5, TIME));

    assertEquals(Map.of(), names.find(OTHER, run, Set.of("loss")));
    assertEquals(Map.of(), names.behind(OTHER, run, "", 10));
    assertEquals(Map.of(), samples.behind(OTHER, run, Map.of(id, 0L)));
    assertEquals(Map.of(), samples.at(OTHER, run, Map.of(id, 1L)));
    assertEquals(List.of(), samples.from(new MetricSamples.Series(OTHER, run, id, "loss"), 0, 10));
  }

  @Test
  void everyDoubleComesBackBitForBit() {
    double[] values = {
      0.1,
      Double.MIN_VALUE,
      -Double.MAX_VALUE,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      1e300 / 3
    };
    long id = series("loss");
    for (int step = 0; step < values.length; step++) {
      put(new Row(id, step, values[step], TIME));
    }

    double[] read =
        samples.from(of(id), 0, 100).stream().mapToDouble(MetricSample::value).toArray();
    for (int step = 0; step < values.length; step++) {
      assertEquals(
          Double.doubleToLongBits(values[step]), Double.doubleToLongBits(read[step]), "" + step);
    }
  }

  @Test
  void theSameStepIsReplacedAndNotDoubled() {
    long id = series("loss");
    put(new Row(id, 1, Double.NaN, TIME), new Row(id, 2, 2, TIME));
    put(new Row(id, 1, 0.25, TIME + 1), new Row(id, 3, 3, TIME));

    List<MetricSample> read = samples.from(of(id), 0, 10);

    assertEquals(List.of(0.25, 2.0, 3.0), read.stream().map(MetricSample::value).toList());
    assertEquals(TIME % 1_000_000_000 + 1, read.get(0).timestamp().getNano());
    assertEquals(3, samples.count(of(id), 0));
  }

  @Test
  void aLargeBatchIsStoredWhole() {
    long id = series("loss");
    put(
        LongStream.range(0, 2_500)
            .mapToObj(step -> new Row(id, step, step, TIME))
            .toArray(Row[]::new));

    assertEquals(2_500, samples.count(of(id), 0));
    assertEquals(500, samples.count(of(id), 2_000));
    assertEquals(
        List.of(7L, 8L), samples.from(of(id), 7, 2).stream().map(MetricSample::step).toList());
  }

  @Test
  void aTotalIsOfTheStepsBehindItThroughAnother() {
    long loss = series("loss");
    put(
        new Row(loss, 0, 8, TIME),
        new Row(loss, 1, 3, TIME),
        new Row(loss, 5, -1, TIME),
        new Row(loss, 9, Double.NaN, TIME),
        new Row(loss, 10, 9, TIME));
    MetricTotal first = samples.add(of(loss), MetricTotal.NONE, 0).through(0);

    MetricTotal total = samples.add(of(loss), first, 9).through(9);

    assertEquals(4, total.count());
    assertEquals(-1.0, total.min());
    assertEquals(8.0, total.max());
    assertEquals(new MetricTotal(9, 2_009, 4, -1.0, 8.0), total);
  }

  @Test
  void namesComeInPages() {
    add(Map.of("b", run * 10, "B", run * 10 + 1, "a", run * 10 + 2, "损", run * 10 + 3));

    assertEquals(List.of("B", "a"), List.copyOf(names.behind(SCOPE, run, "", 2).keySet()));
    assertEquals(List.of("b", "损"), List.copyOf(names.behind(SCOPE, run, "a", 9).keySet()));
    assertEquals(Map.of(), names.behind(SCOPE, run, "损", 9));
  }

  @Test
  void whatManyMetricsAddUpToIsReadTogether() {
    Map<Long, Long> steps = new HashMap<>();
    for (int i = 0; i < 250; i++) {
      long id = run * 10_000 + i;
      steps.put(id, 5L);
      put(
          new Row(id, 5, -100, TIME),
          new Row(id, 6, i, TIME),
          new Row(id, 7, Double.NaN, TIME),
          new Row(id, 9, i + 1, TIME));
    }
    long last = run * 10_000 + 249;
    steps.put(last, 9L);
    steps.put(run * 10_000 + 250, -1L);

    Map<Long, MetricRest> rests = samples.behind(SCOPE, run, steps);

    assertEquals(249, rests.size(), "those that have something behind their step");
    assertEquals(new MetricRest(3, 17.0, 18.0, 9), rests.get(run * 10_000 + 17));
    assertEquals(
        18.0, samples.at(SCOPE, run, Map.of(run * 10_000 + 17, 9L)).get(run * 10_000 + 17));
    assertEquals(Map.of(last, Double.NaN), samples.at(SCOPE, run, Map.of(last, 7L)));
    assertEquals(Map.of(), samples.behind(SCOPE, run, Map.of()));
  }

  @Test
  void theLastValueIsThatOfTheHighestStep() {
    long nan = series("nan");
    assertEquals(Optional.empty(), samples.last(of(nan)));
    put(new Row(nan, Long.MAX_VALUE, Double.NEGATIVE_INFINITY, TIME), new Row(nan, 1, 5, TIME));

    MetricSample last = samples.last(of(nan)).orElseThrow();
    assertEquals(Long.MAX_VALUE, last.step());
    assertEquals(Double.NEGATIVE_INFINITY, last.value());
  }

  @Test
  void aSeriesIsReadInTheOrderOfItsKeyAndNotSorted() {
    long id = series("loss");
    put(LongStream.range(0, 2_500).mapToObj(step -> row(id, step)).toArray(Row[]::new));

    assertFalse(sorts(plan(MetricSamples.FROM, run, id, 7, 100, 1_000)));
    assertFalse(sorts(plan(MetricSamples.LAST, run, id, 7)));
  }

  private String plan(String sql, Object... values) {
    StringBuilder plan = new StringBuilder();
    Sql.of(database().dataSource(), "explain " + sql, values)
        .each(
            row -> {
              for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                plan.append(row.getString(i)).append('\n');
              }
            });
    return plan.toString();
  }

  private static Row row(long id, long step) {
    return new Row(id, step, step, TIME);
  }

  @Test
  void totalsAreReplacedAndRemovedWithTheirRun() {
    MetricTotal empty = new MetricTotal(5, 9, 2, null, null);
    MetricTotal full = new MetricTotal(7, 11, 3, 0.1, Double.MAX_VALUE);
    database().run(() -> totals.put(SCOPE, run, Map.of(1L, empty, 2L, empty)));
    database().run(() -> totals.put(SCOPE, run, Map.of(2L, full)));

    assertEquals(Map.of(1L, empty, 2L, full), totals.of(SCOPE, run, List.of(1L, 2L, 3L)));
    assertEquals(Map.of(), totals.of(OTHER, run, List.of(1L, 2L)));
    assertEquals(2, database().inTransaction(() -> totals.remove(SCOPE, run, 10)));
    assertEquals(Map.of(), totals.of(SCOPE, run, List.of(1L, 2L, 3L)));
  }

  @Test
  void removalGoesInStepsAndLeavesOtherRunsAlone() {
    long id = series("loss");
    put(new Row(id, 1, 1, TIME), new Row(id, 2, 2, TIME), new Row(id, 3, 3, TIME));
    long gone = run++;
    long kept = series("loss");
    put(new Row(kept, 1, 1, TIME));

    assertEquals(2, database().inTransaction(() -> samples.remove(SCOPE, gone, 2)));
    assertEquals(1, database().inTransaction(() -> samples.remove(SCOPE, gone, 2)));
    assertEquals(1, database().inTransaction(() -> names.remove(SCOPE, gone, 2)));
    assertEquals(0, names.count(SCOPE, gone));
    assertEquals(1, samples.count(of(kept), 0));
  }

  private long series(String name) {
    long id = run * 10_000 + names.count(SCOPE, run);
    add(Map.of(name, id));
    return id;
  }

  private MetricSamples.Series of(long id) {
    return new MetricSamples.Series(SCOPE, run, id, "loss");
  }

  private void add(Map<String, Long> added) {
    database().run(() -> names.add(SCOPE, run, added));
  }

  private void put(Row... rows) {
    database().run(() -> samples.put(SCOPE, run, List.of(rows)));
  }
}
