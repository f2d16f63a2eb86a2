package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.http.Endpoint;
import io.binnacle.bench.load.Latencies;
import io.binnacle.bench.load.LoadGenerator;
import io.binnacle.bench.load.LoadResult;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import io.binnacle.bench.server.CpuMeter;
import io.binnacle.bench.server.Pauses;
import io.binnacle.bench.tail.Commits;
import io.binnacle.bench.tail.Viewer;
import io.binnacle.bench.tail.Viewers;
import java.time.Duration;
import java.util.List;

/**
 * The live tail: from the acknowledgement of a batch to its arrival, for 10 viewers at a rate that
 * each may get whole (1,000 lines/s), and for 10 and 1,000 at 10,000 lines/s, of which each gets at
 * most 2,000.
 */
public final class LiveTail implements Benchmark {
  private static final int CONNECTIONS = 4;
  private static final Duration LAST_FRAMES = Duration.ofSeconds(2);

  @Override
  public void run(Bench bench) {
    Endpoint viewers = bench.logs().withoutTailLimit();
    measure(bench, viewers, 10, 1_000);
    measure(bench, viewers, 10, 10_000);
    measure(bench, viewers, bench.options().size(1_000), 10_000);
  }

  private static void measure(Bench bench, Endpoint endpoint, int count, int linesPerSecond) {
    String path = bench.logs().newRun("tail-" + count + "-" + linesPerSecond);
    Commits commits = new Commits();
    Pace pace = new Pace((double) linesPerSecond / Ingest.BATCH_LINES);
    // Each load numbers its batches from 1 on: the second needs senders of its own.
    generator(bench, path, commits).run(pace, Duration.ofSeconds(1));
    LoadGenerator generator = generator(bench, path, commits);
    long connecting = System.nanoTime();
    try (Viewers viewers = new Viewers(endpoint, path, count)) {
      double connected = (System.nanoTime() - connecting) / 1e9;
      CpuMeter cpu = bench.cpu();
      LoadResult result = generator.run(pace, bench.options().burst());
      String cpuWords = cpu.cores();
      Pauses.sleep(LAST_FRAMES);
      viewers.stop();
      String words = words(viewers, commits, result);
      bench
          .report()
          .add(
              "live tail, " + count + " viewers at " + Report.count(linesPerSecond) + " lines/s",
              words + "; " + cpuWords + "; connected in " + Report.decimal(connected, 1) + " s",
              "p50 ≤ 100 ms, p99 ≤ 500 ms",
              "");
    }
  }

  private static LoadGenerator generator(Bench bench, String path, Commits commits) {
    List<Sender> senders = Senders.ofOneStream(path, "main", CONNECTIONS);
    return new LoadGenerator(bench.server().endpoint(), senders, Ingest.pool(CONNECTIONS), commits);
  }

  private static String words(Viewers viewers, Commits commits, LoadResult result) {
    Latencies delays = new Latencies();
    long delivered = 0;
    long skipped = 0;
    long closed = 0;
    for (Viewer viewer : viewers.all()) {
      viewer.delays(commits, delays::add);
      delivered += viewer.delivered();
      skipped += viewer.skipped();
      closed += viewer.isClosed() ? 1 : 0;
    }
    int count = viewers.all().size();
    double missing = (double) count * result.lines() - delivered - skipped;
    return "p50 "
        + Report.millis(delays.millis(0.5))
        + ", p99 "
        + Report.millis(delays.millis(0.99))
        + "; "
        + Report.count(delivered / result.seconds() / count)
        + " lines/s a viewer, "
        + Report.decimal(100.0 * skipped / Math.max(1, delivered + skipped), 0)
        + " % skipped, "
        + Report.count(Math.max(0, missing))
        + " not told of"
        + (closed > 0 ? ", " + closed + " CONNECTIONS CLOSED" : "")
        + result.troubles();
  }
}
