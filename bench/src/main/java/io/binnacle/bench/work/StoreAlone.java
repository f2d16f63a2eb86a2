package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.server.CpuMeter;
import io.binnacle.bench.server.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;

/**
 * The log store without HTTP and JSON: two committers, each with 64 batches of 100 lines of 64
 * streams in a transaction that writes what the server writes, on disk before the next.
 */
public final class StoreAlone implements Benchmark {
  private static final int COMMITTERS = 2;

  @Override
  public void run(Bench bench) {
    Database database = bench.databases().database();
    migrate(database);
    Duration time = Duration.ofSeconds(bench.options().quick() ? 3 : 10);
    measure(database, time.dividedBy(3));
    CpuMeter cpu = bench.databaseCpu();
    StoreWriter.Written written = measure(database, time);
    double micros = (cpu.microsOwn() + cpu.microsUnderTest()) / written.lines();
    double rate = written.lines() * 1e9 / time.toNanos();
    bench.facts().storeLinesPerSecond(rate);
    bench
        .report()
        .add(
            "store without HTTP, 2 × 64 batches of 100 lines a commit",
            Report.count(rate)
                + " lines/s, CPU a line "
                + Report.decimal(micros, 2)
                + " µs, "
                + Report.decimal((double) written.payloadBytes() / written.lines(), 1)
                + " B of payload a line before compaction",
            "",
            database.embedded() ? "1.1M/s" : "531k/s");
  }

  private static void migrate(Database database) {
    String vendor = database.embedded() ? "h2" : "mysql";
    Flyway.configure()
        .dataSource(database.rowsUrl(), database.rowsUser(), database.rowsPassword())
        .locations("classpath:db/migration", "classpath:db/vendor/" + vendor)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  private static StoreWriter.Written measure(Database database, Duration time) {
    ExecutorService threads = Executors.newFixedThreadPool(COMMITTERS);
    try {
      List<Callable<StoreWriter.Written>> writers = new ArrayList<>();
      for (int i = 0; i < COMMITTERS; i++) {
        writers.add(() -> write(database, time));
      }
      StoreWriter.Written all = new StoreWriter.Written(0, 0);
      for (Future<StoreWriter.Written> written : threads.invokeAll(writers)) {
        all = all.plus(written.get());
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static StoreWriter.Written write(Database database, Duration time) throws SQLException {
    try (StoreTransaction transaction = new StoreTransaction(database)) {
      return new StoreWriter(transaction).run(time);
    }
  }
}
