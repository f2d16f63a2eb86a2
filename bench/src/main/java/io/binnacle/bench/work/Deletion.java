package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.http.HttpConnection;

/** Deletes the logs of a large run. */
public final class Deletion implements Benchmark {
  @Override
  public void run(Bench bench) {
    DataSets.Filled run = bench.dataSets().large(bench);
    try (HttpConnection connection = new HttpConnection(bench.server().endpoint())) {
      long start = System.nanoTime();
      Logs.good(connection.delete(run.logsPath()));
      double answered = (System.nanoTime() - start) / 1e6;
      int visible =
          Logs.parse(Logs.good(connection.get(run.logsPath() + "/latest?limit=10")))
              .get("items")
              .size();
      bench.dataSets().forget(run);
      bench
          .report()
          .add(
              "delete " + Report.count(run.lines()) + " lines",
              "answered in "
                  + Report.millis(answered)
                  + (visible == 0 ? ", nothing visible" : ", " + visible + " LINES VISIBLE"),
              "invisible at once, gone in ≤ 2 s",
              "0.9 s in the store");
    }
  }
}
