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

  /** Microseconds that the processes under test worked since the beginning. */
  public double microsUnderTest() {
    return (sum() - underTestBefore) / 1e3;
  }

  /** Microseconds that this process worked since the beginning. */
  public double microsOwn() {
    return (own() - ownBefore) / 1e3;
  }

  /** Cores that the processes under test and this process kept busy, in words. */
  public String cores() {
    double elapsed = (System.nanoTime() - startNanos) / 1e3;
    return String.format(
        Locale.ROOT,
        "cores: server %.2f, generator %.2f",
        microsUnderTest() / elapsed,
        microsOwn() / elapsed);
  }

  /**
   * The same for each of so many units of work. Other programs on the machine spoil a rate; they
   * spoil this much less.
   */
  public String microsEach(long units) {
    double count = Math.max(1, units);
    return String.format(
        Locale.ROOT,
        "CPU a line: server %.2f µs, generator %.2f µs",
        microsUnderTest() / count,
        microsOwn() / count);
  }

  private long sum() {
    return underTest.stream().map(ProcessFigures::cpu).mapToLong(Duration::toNanos).sum();
  }

  private static long own() {
    return ProcessFigures.cpu(ProcessHandle.current()).toNanos();
  }
}
