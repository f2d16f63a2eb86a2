package io.binnacle.bench.server;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** CPU time since its creation: of the processes under test and of this process beside it. */
public final class CpuMeter {
  private final List<ProcessHandle> underTest;
  private final long startNanos = System.nanoTime();
  private final long underTestBefore;
  private final long ownBefore = own();

  /** Begins to measure. */
  public CpuMeter(List<ProcessHandle> underTest) {
    this.underTest = List.copyOf(underTest);
    this.underTestBefore = sum();
  }

  /** Cores that the processes under test kept busy. */
  public double coresUnderTest() {
    return (sum() - underTestBefore) / elapsed();
  }

  /** Cores that this process kept busy. */
  public double coresOwn() {
    return (own() - ownBefore) / elapsed();
  }

  /** Both in words. */
  public String summary() {
    return String.format(
        Locale.ROOT, "cores: server %.2f, generator %.2f", coresUnderTest(), coresOwn());
  }

  private double elapsed() {
    return System.nanoTime() - startNanos;
  }

  private long sum() {
    return underTest.stream().map(ProcessFigures::cpu).mapToLong(Duration::toNanos).sum();
  }

  private static long own() {
    return ProcessFigures.cpu(ProcessHandle.current()).toNanos();
  }
}
