package io.binnacle.bench.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.http.HttpConnection;
import io.binnacle.bench.server.Pauses;
import java.time.Duration;

/** Deletes the logs of a large run. */
public final class Deletion implements Benchmark {
  private static final Duration GONE_LIMIT = Duration.ofSeconds(60);

  @Override
  public void run(Bench bench) {
    DataSets.Filled run = bench.dataSets().large(bench);
    String stream = streamId(bench, run);
    try (HttpConnection connection = new HttpConnection(bench.server().endpoint())) {
      long start = System.nanoTime();
      Logs.good(connection.delete(run.logsPath()));
      double answered = (System.nanoTime() - start) / 1e6;
      JsonNode latest = Logs.parse(Logs.good(connection.get(run.logsPath() + "/latest?limit=10")));
      int visible = latest.get("items").size();
      bench
          .report()
          .add(
              "delete " + Report.count(run.lines()) + " lines",
              "answered in "
                  + Report.millis(answered)
                  + (visible == 0 ? ", nothing visible" : ", " + visible + " LINES VISIBLE")
                  + gone(bench, stream, start),
              "invisible at once, gone in ≤ 2 s",
              "0.9 s in the store");
    }
    bench.dataSets().forget(run);
  }

  private static String streamId(Bench bench, DataSets.Filled run) {
    JsonNode streams = bench.logs().json(run.logsPath() + "/streams").get("items");
    return streams.get(0).get("id").asText();
  }

  /** When the segments are gone; the embedded database cannot be looked into while it is open. */
  private static String gone(Bench bench, String stream, long start) {
    if (bench.databases().database().embedded()) {
      return "";
    }
    String count = "select count(*) from log_segment where stream_id = " + Long.parseLong(stream);
    while (ServerTables.query(bench, count, row -> row.getLong(1)).get(0) > 0) {
      if (System.nanoTime() - start > GONE_LIMIT.toNanos()) {
        return ", NOT GONE after " + GONE_LIMIT.toSeconds() + " s";
      }
      Pauses.sleep(Duration.ofMillis(50));
    }
    return ", gone in " + Report.decimal((System.nanoTime() - start) / 1e9, 1) + " s";
  }
}
