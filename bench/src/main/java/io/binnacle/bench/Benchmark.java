package io.binnacle.bench;

/** Something to measure; adds rows to the report. */
public interface Benchmark {
  /** Runs it. */
  void run(Bench bench);
}
