package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import java.time.Duration;
import java.util.List;

/** Ingest over a longer time, with compaction at work beside it. */
public final class Sustained implements Benchmark {
  private static final int CLIENTS = 64;

  @Override
  public void run(Bench bench) {
    Duration time = bench.options().sustained();
    List<Sender> senders = Senders.overRuns(bench.logs(), "sustained", CLIENTS, CLIENTS);
    Ingest.Outcome outcome =
        Ingest.measure(bench, senders, Ingest.pool(CLIENTS), Pace.CLOSED_LOOP, time);
    double rate = outcome.result().linesPerSecond();
    bench
        .report()
        .add(
            "ingest sustained, " + time.toSeconds() + " s, 64 clients × 100 lines",
            Report.count(rate) + " lines/s; " + outcome.words(),
            bench.databases().database().embedded() ? "≥ 250k/s" : "≥ 150k/s",
            bench.facts().peers(rate));
  }
}
