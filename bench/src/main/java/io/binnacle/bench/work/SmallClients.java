package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.BatchPool;
import io.binnacle.bench.data.BatchSource;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import java.util.List;

/** Many small senders: 1,000 processes of 20 runs, batches of 5 lines. */
public final class SmallClients implements Benchmark {
  private static final int LINES = 5;
  private static final int RUNS = 20;
  private static final int POOL_BATCHES = 40_000;

  @Override
  public void run(Bench bench) {
    int clients = bench.options().size(1000);
    BatchSource pool = BatchPool.render(LINES, POOL_BATCHES, clients);
    List<Sender> senders = Senders.overRuns(bench.logs(), "small", clients, RUNS);
    long before = DataSize.bytes(bench);
    Ingest.Outcome outcome =
        Ingest.measure(bench, senders, pool, Pace.CLOSED_LOOP, bench.options().burst());
    double grown = DataSize.bytes(bench) - before;
    double lines = Math.max(1, outcome.result().lines());
    bench
        .report()
        .add(
            clients + " clients × 5 lines",
            Report.count(outcome.result().linesPerSecond())
                + " lines/s; "
                + outcome.words()
                + "; files grew by "
                + Report.decimal(grown / lines, 0)
                + " B/line before compaction",
            "",
            "");
  }
}
