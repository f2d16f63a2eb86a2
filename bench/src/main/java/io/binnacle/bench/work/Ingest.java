package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.BatchPool;
import io.binnacle.bench.data.BatchSource;
import io.binnacle.bench.load.LoadGenerator;
import io.binnacle.bench.load.LoadResult;
import io.binnacle.bench.load.Pace;
import io.binnacle.bench.load.Sender;
import io.binnacle.bench.server.CpuMeter;
import java.time.Duration;
import java.util.List;

/** A load over HTTP, measured and checked. */
final class Ingest {
  /** Lines of an ordinary batch. */
  static final int BATCH_LINES = 100;

  /** More than 20 MB of text, so that no compressed block sees a line twice. */
  private static final int POOL_BATCHES = 2_000;

  /**
   * What came out.
   *
   * @param result the load's own figures
   * @param words latency, CPU and check in words
   */
  record Outcome(LoadResult result, String words) {}

  private Ingest() {}

  /** Ordinary batches for so many senders. */
  static BatchSource pool(int senders) {
    return BatchPool.render(BATCH_LINES, POOL_BATCHES, senders);
  }

  /** Runs a load and compares what is stored with what was acknowledged. */
  static Outcome measure(
      Bench bench, List<Sender> senders, BatchSource source, Pace pace, Duration time) {
    LoadGenerator generator = new LoadGenerator(bench.server().endpoint(), senders, source);
    CpuMeter cpu = bench.cpu();
    LoadResult result = generator.run(pace, time);
    String cpuWords = cpu.microsEach(result.lines());
    String words =
        "p50 "
            + Report.millis(result.latencies().millis(0.5))
            + ", p99 "
            + Report.millis(result.latencies().millis(0.99))
            + "; "
            + cpuWords
            + "; "
            + Senders.verify(bench.logs(), senders, result.lines())
            + result.troubles();
    return new Outcome(result, words);
  }
}
