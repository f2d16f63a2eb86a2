package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Report;
import io.binnacle.bench.http.HttpConnection;
import io.binnacle.bench.load.Latencies;
import java.util.function.IntFunction;

/** Repeats a GET over one connection. */
final class Queries {
  private Queries() {}

  /**
   * Measures a query after a few unmeasured ones.
   *
   * @param path the path with its query, by the number of the repetition
   */
  static String percentiles(Bench bench, int times, IntFunction<String> path) {
    Latencies latencies = new Latencies();
    try (HttpConnection connection = new HttpConnection(bench.server().endpoint())) {
      for (int i = -Math.max(1, times / 4); i < times; i++) {
        String next = path.apply(Math.abs(i));
        long start = System.nanoTime();
        Logs.good(connection.get(next));
        if (i >= 0) {
          latencies.add(System.nanoTime() - start);
        }
      }
    }
    return "p50 "
        + Report.millis(latencies.millis(0.5))
        + ", p95 "
        + Report.millis(latencies.millis(0.95));
  }
}
