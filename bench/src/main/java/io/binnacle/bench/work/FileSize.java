package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.server.Pauses;
import java.time.Duration;

/** Bytes on disk for each stored line, at once after the loads and when compaction had time. */
public final class FileSize implements Benchmark {
  private static final int GOAL_BYTES = 80;
  private static final int GOAL_MINUTES = 10;

  @Override
  public void run(Bench bench) {
    long lines = bench.logs().storedLines();
    if (lines == 0) {
      throw new IllegalStateException("There are no lines to divide by");
    }
    double before = perLine(bench, lines);
    Duration minute = Duration.ofSeconds(bench.options().quick() ? 5 : 60);
    Duration waited = Duration.ZERO;
    double after;
    do {
      Pauses.sleep(minute);
      waited = waited.plus(minute);
      after = perLine(bench, lines);
    } while (after > GOAL_BYTES && waited.compareTo(minute.multipliedBy(GOAL_MINUTES)) < 0);
    bench
        .report()
        .add(
            "files for each stored line (" + Report.count(lines) + " lines)",
            Report.decimal(before, 1)
                + " B at once, "
                + Report.decimal(after, 1)
                + " B after "
                + waited.toSeconds()
                + " s",
            "≤ " + GOAL_BYTES + " B after " + GOAL_MINUTES + " min",
            "114 B of text");
  }

  private static double perLine(Bench bench, long lines) {
    return (double) DataSize.bytes(bench) / lines;
  }
}
