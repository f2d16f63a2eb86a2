package io.binnacle.logs.control;

/** How much one request may read; a search that needs more goes on with a cursor. */
final class ScanBudget {
  private final long deadline;
  private final long maxBytes;
  private long bytes;

  /**
   * @param nanos time
   * @param maxBytes text, uncompressed
   */
  ScanBudget(long nanos, long maxBytes) {
    this.deadline = System.nanoTime() + nanos;
    this.maxBytes = maxBytes;
  }

  void scanned(int moreBytes) {
    bytes += moreBytes;
  }

  boolean exhausted() {
    return bytes >= maxBytes || System.nanoTime() - deadline > 0;
  }

  long deadline() {
    return deadline;
  }

  long bytes() {
    return bytes;
  }
}
