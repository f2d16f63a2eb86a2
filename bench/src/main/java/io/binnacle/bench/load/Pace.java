package io.binnacle.bench.load;

/**
 * When batches are sent.
 *
 * @param batchesPerSecond the rate of all senders together; 0 = each as soon as its last is
 *     answered
 */
public record Pace(double batchesPerSecond) {
  /** Each sender sends as soon as its last batch is answered. */
  public static final Pace CLOSED_LOOP = new Pace(0);

  /** Whether a rate is given. */
  public boolean fixed() {
    return batchesPerSecond > 0;
  }

  /**
   * When a batch is due. Its latency counts from here and not from when a connection was free, so
   * that a stall of the server is seen by all who would have come.
   *
   * @param startNanos start of the load
   * @param number the batch's number, from 0
   */
  long dueNanos(long startNanos, long number) {
    return startNanos + (long) (number * 1e9 / batchesPerSecond);
  }
}
