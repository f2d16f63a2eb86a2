package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;

/** The newest lines, pages anywhere, and the merged view of many streams. */
public final class Pages implements Benchmark {
  private static final int TIMES = 200;

  /** Steps through the run in a fixed order that never meets the same place twice. */
  private static final long STRIDE = 618_033_989L;

  @Override
  public void run(Bench bench) {
    DataSets.Filled large = bench.dataSets().large(bench);
    String name = Report.count(large.lines()) + "-line run";
    add(bench, "latest 500 of a " + name, "≤ 20 ms p95", large, "/latest?limit=500");
    String page = "?stream=main&limit=100&from_line=%d";
    add(bench, "100 lines at any place, " + name, "≤ 20 ms p95", large, page);
    add(bench, "the same, level=ERROR", "≤ 20 ms p95", large, page + "&level=ERROR");
    add(bench, "the same, source=user", "≤ 20 ms p95", large, page + "&source=user");
    add(
        bench,
        "the same, upwards",
        "≤ 20 ms p95",
        large,
        "?stream=main&limit=100&to_line=%d&order=desc&min_level=WARNING");
    add(bench, "summary of a " + name, "", large, "/summary");
    DataSets.Filled many = bench.dataSets().manyStreams(bench);
    String streams = bench.options().size(1_000) + " streams";
    add(bench, "latest 100 merged from " + streams, "≤ 150 ms p95", many, "/latest?limit=100");
  }

  private static void add(
      Bench bench, String work, String goal, DataSets.Filled run, String query) {
    String measured =
        Queries.percentiles(
            bench,
            TIMES,
            i -> run.logsPath() + query.replace("%d", Long.toString(place(i, run.lines()))));
    bench.report().add(work, measured, goal, "");
  }

  private static long place(int i, long lines) {
    return 1 + i * STRIDE % lines;
  }
}
