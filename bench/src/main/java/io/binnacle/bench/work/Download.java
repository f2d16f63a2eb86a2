package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.http.HttpConnection;
import io.binnacle.bench.server.HeapGauge;
import java.util.concurrent.atomic.AtomicLong;

/** Download of a whole run: its rate, and what the server keeps in memory while it streams. */
public final class Download implements Benchmark {
  private static final int TIMES = 4;

  @Override
  public void run(Bench bench) {
    DataSets.Filled run = bench.dataSets().large(bench);
    for (String format : new String[] {"txt", "ndjson"}) {
      String path = run.logsPath() + "/download?format=" + format;
      bench
          .report()
          .add(
              "download of " + Report.count(run.lines()) + " lines as " + format,
              rate(bench, path) + ", heap in use grows by " + heapGrowth(bench, path),
              "≥ 100 MB/s, ≤ 64 MB",
              "1.09 GB/s formatted in the store");
    }
  }

  private static String rate(Bench bench, String path) {
    double best = 0;
    long bytes = 0;
    for (int i = 0; i < TIMES; i++) {
      AtomicLong received = new AtomicLong();
      long start = System.nanoTime();
      download(bench, path, received, () -> {});
      bytes = received.get();
      best = Math.max(best, bytes * 1e9 / (System.nanoTime() - start));
    }
    return Report.count(best / 1e6) + " MB/s (" + Report.count(bytes / 1e6) + " MB)";
  }

  /** Collects garbage before and in the middle, so that only what is held counts. */
  private static String heapGrowth(Bench bench, String path) {
    try (HeapGauge heap = new HeapGauge(bench.server().java())) {
      long before = heap.liveBytes();
      AtomicLong received = new AtomicLong();
      AtomicLong middle = new AtomicLong();
      download(
          bench,
          path,
          received,
          () -> {
            if (middle.get() == 0 && received.get() > 20_000_000) {
              middle.set(heap.liveBytes());
            }
          });
      double grown = Math.max(0, middle.get() - before);
      return middle.get() == 0 ? "(too short to tell)" : Report.decimal(grown / 1e6, 1) + " MB";
    }
  }

  private static void download(Bench bench, String path, AtomicLong received, Runnable onPart) {
    try (HttpConnection connection = new HttpConnection(bench.server().endpoint())) {
      Logs.good(
          connection.get(
              path,
              part -> {
                received.addAndGet(part.remaining());
                onPart.run();
              }));
    }
  }
}
