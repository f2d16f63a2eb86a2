package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.BatchSource;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import java.nio.file.Path;
import java.util.List;

/** Ingest as fast as it is answered: 16 and 64 clients, each a run, batches of 100 lines. */
public final class Burst implements Benchmark {
  private static final int MOST_CLIENTS = 64;

  @Override
  public void run(Bench bench) {
    BatchSource pool = Ingest.pool(MOST_CLIENTS);
    WarmUp.run(bench, pool, MOST_CLIENTS);
    for (int clients : new int[] {16, MOST_CLIENTS}) {
      measure(bench, pool, clients);
    }
    bench.options().profile().ifPresent(file -> profile(bench, pool, file));
  }

  private static void measure(Bench bench, BatchSource pool, int clients) {
    List<Sender> senders = Senders.overRuns(bench.logs(), "burst-" + clients, clients, clients);
    Ingest.Outcome outcome =
        Ingest.measure(bench, senders, pool, Pace.CLOSED_LOOP, bench.options().burst());
    double rate = outcome.result().linesPerSecond();
    bench.facts().burstLinesPerSecond(rate);
    bench
        .report()
        .add(
            "ingest burst, " + clients + " clients × 100 lines",
            Report.count(rate) + " lines/s; " + outcome.words(),
            bench.databases().database().embedded() ? "≥ 350k/s" : "≥ 250k/s",
            bench.facts().peers(rate));
  }

  /** A burst of its own, so that recording does not cost the measured one. */
  private static void profile(Bench bench, BatchSource pool, Path file) {
    List<Sender> senders = Senders.overRuns(bench.logs(), "profiled", MOST_CLIENTS, MOST_CLIENTS);
    bench
        .server()
        .record(
            file,
            () -> Ingest.measure(bench, senders, pool, Pace.CLOSED_LOOP, bench.options().burst()));
  }
}
