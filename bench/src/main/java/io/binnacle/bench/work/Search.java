package io.binnacle.bench.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.TrainingLogs;
import io.binnacle.bench.http.HttpConnection;
import io.binnacle.bench.load.Latencies;

/** A rare substring through a whole run: all pages until the search says it is complete. */
public final class Search implements Benchmark {
  private static final int TIMES = 8;
  private static final String NOWHERE = "not-in-any-line-5b1d";

  @Override
  public void run(Bench bench) {
    measure(bench, bench.dataSets().large(bench), "≤ 200 ms");
    measure(bench, bench.dataSets().huge(bench), "≤ 700 ms");
  }

  private static void measure(Bench bench, DataSets.Filled run, String goal) {
    String lines = Report.count(run.lines()) + " lines";
    String limit = bench.facts().scanLimit(run.textBytes());
    long needles = TrainingLogs.needlesIn(run.lines());
    String query = "?limit=100&search=" + TrainingLogs.NEEDLE;
    bench
        .report()
        .add("rare substring in " + lines, times(bench, run, query, needles), goal, limit);
    bench
        .report()
        .add(
            "absent substring in " + lines,
            times(bench, run, "?limit=100&search=" + NOWHERE, 0),
            goal,
            limit);
    bench
        .report()
        .add(
            "the same, ignore_case",
            times(bench, run, "?limit=100&ignore_case=true&search=" + NOWHERE, 0),
            "≤ twice",
            "");
    bench
        .report()
        .add(
            "regex with a literal in " + lines,
            times(bench, run, "?limit=100&regex=worker%20%5Cd%2B%20reported%20needle", needles),
            "",
            "");
  }

  private static String times(Bench bench, DataSets.Filled run, String query, long expected) {
    Latencies latencies = new Latencies();
    long found = 0;
    try (HttpConnection connection = new HttpConnection(bench.server().endpoint())) {
      for (int i = 0; i <= TIMES; i++) {
        long start = System.nanoTime();
        found = search(connection, run.logsPath() + query);
        if (i > 0) {
          latencies.add(System.nanoTime() - start);
        }
      }
    }
    return "p50 "
        + Report.millis(latencies.millis(0.5))
        + ", worst "
        + Report.millis(latencies.millis(1))
        + ", "
        + (found == expected ? found + " hits" : found + " HITS INSTEAD OF " + expected);
  }

  private static long search(HttpConnection connection, String path) {
    long found = 0;
    String cursor = "";
    while (true) {
      JsonNode page = Logs.parse(Logs.good(connection.get(path + cursor)));
      found += page.get("items").size();
      JsonNode next = page.get("next_cursor");
      if (next == null || next.isNull()) {
        return found;
      }
      cursor = "&cursor=" + next.asText();
    }
  }
}
