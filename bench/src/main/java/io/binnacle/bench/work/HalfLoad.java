package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import java.util.List;

/** The latency of ingest at half of the burst's rate, from when a batch was due. */
public final class HalfLoad implements Benchmark {
  private static final int CLIENTS = 64;

  /** The rate to halve when the burst was not measured in this run. */
  private static final double ASSUMED_LINES_PER_SECOND = 300_000;

  @Override
  public void run(Bench bench) {
    double burst = bench.facts().burstLinesPerSecond();
    double lines = (burst == 0 ? ASSUMED_LINES_PER_SECOND : burst) / 2;
    Pace pace = new Pace(lines / Ingest.BATCH_LINES);
    List<Sender> senders = Senders.overRuns(bench.logs(), "half", CLIENTS, CLIENTS);
    Ingest.Outcome outcome =
        Ingest.measure(bench, senders, Ingest.pool(CLIENTS), pace, bench.options().burst());
    bench
        .report()
        .add(
            "ingest at half load, " + Report.count(lines) + " lines/s",
            Report.count(outcome.result().linesPerSecond()) + " lines/s; " + outcome.words(),
            "p99 ≤ 100 ms",
            "");
  }
}
