package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricPoint;
import io.binnacle.metrics.store.MetricNames;
import io.binnacle.metrics.store.MetricSamples;
import io.binnacle.metrics.store.MetricTotals;
import io.binnacle.platform.store.Durability;
import io.binnacle.platform.store.Ids;
import io.binnacle.platform.store.Refusals;
import io.binnacle.runs.control.RunRef;
import io.binnacle.runs.control.RunsForTests;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.H2Database;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The use cases of metrics on a real database. */
final class MetricsFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123456789Z");
  static final ProjectScope SCOPE = ProjectScope.granted(7);

  final H2Database database = H2Database.create();
  final RunsForTests runs = new RunsForTests(database, NOW);

  /** Connections that were taken: one for each statement. */
  final AtomicInteger statements = new AtomicInteger();

  final MetricNames names = new MetricNames(counting());
  final MetricSamples samples = new MetricSamples(counting());
  final MetricTotals totals = new MetricTotals(counting());
  final MetricSums sums = new MetricSums();
  final Refusals refusals = new Refusals(database.dataSource());
  final MetricCommit commit = new MetricCommit();
  final MetricCatalog catalog = new MetricCatalog();
  final MetricChart chart = new MetricChart();
  final MetricDeletion deletion = new MetricDeletion();

  MetricsFixture() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    commit.lock = runs.lock();
    commit.names = names;
    sums.samples = samples;
    sums.totals = totals;
    commit.samples = samples;
    commit.sums = sums;
    commit.refusals = refusals;
    commit.durability = new Durability(database.dataSource());
    commit.ids = new Ids(1, clock::millis);
    commit.clock = clock;
    catalog.names = names;
    catalog.samples = samples;
    catalog.sums = sums;
    chart.catalog = catalog;
    deletion.names = names;
    deletion.samples = samples;
    deletion.totals = totals;
  }

  private DataSource counting() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              statements.incrementAndGet();
              return method.invoke(database.dataSource(), arguments);
            });
  }

  /** A new run of the project. */
  RunRef run() {
    UUID runId = UUID.randomUUID();
    return new RunRef(SCOPE, runs.add(SCOPE, runId), runId);
  }

  MetricAck store(RunRef run, MetricPoint... points) {
    MetricBatch batch = new MetricBatch();
    for (int i = 0; i < points.length; i++) {
      batch.add(i, points[i]);
    }
    return store(run, batch);
  }

  MetricAck store(RunRef run, MetricBatch batch) {
    MetricAck ack = database.inTransaction(() -> commit.store(run, batch));
    database.run(commit::force);
    return ack;
  }

  @Override
  public void close() {
    database.close();
  }
}
