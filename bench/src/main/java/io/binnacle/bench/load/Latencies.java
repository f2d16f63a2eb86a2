package io.binnacle.bench.load;

/** A histogram of durations with a relative error below 2 %. Not thread-safe. */
public final class Latencies {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;
  private final long[] counts = new long[SUB * (64 - SUB_BITS)];
  private long total;

  /** Adds a duration; a negative one counts as 0. */
  public void add(long nanos) {
    counts[bucket(Math.max(0, nanos))]++;
    total++;
  }

  /** How many durations were added. */
  public long count() {
    return total;
  }

  /** The duration in milliseconds that the given share (0 to 1) did not exceed; 0 without any. */
  public double millis(double share) {
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && counts[i] > 0) {
        return value(i) / 1e6;
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    if (nanos < SUB) {
      return (int) nanos;
    }
    int shift = 63 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
    return (shift << SUB_BITS) + (int) (nanos >>> shift);
  }

  private static double value(int bucket) {
    if (bucket < 2 * SUB) {
      return bucket;
    }
    int shift = (bucket >> SUB_BITS) - 1;
    long low = (long) (bucket - (shift << SUB_BITS)) << shift;
    return low + (1L << shift) / 2.0;
  }
}
