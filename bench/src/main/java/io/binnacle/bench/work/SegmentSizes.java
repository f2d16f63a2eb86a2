package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;

/** What the segments look like at the end: how many are compacted, and bytes of payload a line. */
public final class SegmentSizes implements Benchmark {
  private static final String BY_STATE =
      "select state, count(*), sum(line_count), sum(payload_bytes), sum(raw_bytes)"
          + " from log_segment group by state order by state";

  private record Sizes(String state, long segments, long lines, double payload, double raw) {}

  @Override
  public void run(Bench bench) {
    if (bench.databases().database().embedded()) {
      bench.server().close();
    }
    ServerTables.query(
            bench,
            BY_STATE,
            row ->
                new Sizes(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getDouble(4),
                    row.getDouble(5)))
        .forEach(sizes -> add(bench, sizes));
  }

  private static void add(Bench bench, Sizes sizes) {
    bench
        .report()
        .add(
            "payload in " + Report.count(sizes.segments()) + " segments, " + sizes.state(),
            Report.decimal(sizes.payload() / sizes.lines(), 1)
                + " B a line of "
                + Report.decimal(sizes.raw() / sizes.lines(), 0)
                + ", "
                + Report.decimal((double) sizes.lines() / sizes.segments(), 0)
                + " lines a segment",
            sizes.state().equals("COMPACT") ? "≤ 40 B with indexes" : "",
            "25.8 B at 256 KiB");
  }
}
