package io.binnacle.bench.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.TrainingLogs;
import io.binnacle.bench.http.HttpConnection;
import io.binnacle.bench.load.Latencies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A rare substring through a whole run: all pages until the search says it is complete. */
public final class Search implements Benchmark {
  private static final int TIMES = 8;
  private static final String NOWHERE = "not-in-any-line-5b1d";

  /** Texts in no line whose letters have forms beyond ASCII, or are beyond it, or stand alone. */
  private static final List<String> UNLUCKY =
      List.of("riskiki", "kisski", "fixik", "skipsi", "öß", "損失k", "ошибка", "θάλασσα", "Å");

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
            "ignore_case, the dearest of " + UNLUCKY.size() + " texts",
            dearest(bench, run),
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

  /** Each text is looked for as it is and in any case; told is the one that costs most more. */
  private static String dearest(Bench bench, DataSets.Filled run) {
    double most = 0;
    String told = "";
    for (String text : UNLUCKY) {
      String query = "?limit=100&search=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
      double plain = searches(bench, run, query).median();
      double folded = searches(bench, run, query + "&ignore_case=true").median();
      if (folded / plain > most) {
        most = folded / plain;
        told =
            Report.decimal(most, 2)
                + "×: "
                + text
                + ", p50 "
                + Report.millis(plain)
                + " and "
                + Report.millis(folded);
      }
    }
    return told;
  }

  private static String times(Bench bench, DataSets.Filled run, String query, long expected) {
    Searches searches = searches(bench, run, query);
    return "p50 "
        + Report.millis(searches.median())
        + ", worst "
        + Report.millis(searches.latencies().millis(1))
        + ", "
        + (searches.found() == expected
            ? expected + " hits"
            : searches.found() + " HITS INSTEAD OF " + expected);
  }

  /** How long a search took, every time, and what it found. */
  private record Searches(Latencies latencies, long found) {
    double median() {
      return latencies.millis(0.5);
    }
  }

  private static Searches searches(Bench bench, DataSets.Filled run, String query) {
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
    return new Searches(latencies, found);
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
