package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.server.Pauses;
import java.time.Duration;

/** Bytes on disk for each stored line, at once after the loads and when compaction had time. */
public final class FileSize implements Benchmark {
  @Override
  public void run(Bench bench) {
    long linesBefore = bench.logs().storedLines();
    if (linesBefore == 0) {
      throw new IllegalStateException("There are no lines to divide by");
    }
    long before = DataSize.bytes(bench);
    Duration settle = Duration.ofSeconds(bench.options().quick() ? 5 : 60);
    Pauses.sleep(settle);
    long after = DataSize.bytes(bench);
    bench
        .report()
        .add(
            "files for each stored line (" + Report.count(linesBefore) + " lines)",
            perLine(before, linesBefore)
                + " B at once, "
                + perLine(after, linesBefore)
                + " B after "
                + settle.toSeconds()
                + " s",
            "≤ 80 B after 10 min",
            "114 B of text");
  }

  private static String perLine(long bytes, long lines) {
    return Report.decimal((double) bytes / Math.max(1, lines), 1);
  }
}
