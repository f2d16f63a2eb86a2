package io.binnacle.logs.control.read;

/** How much one request may read; a search that needs more goes on with a cursor. */
final class ScanBudget {
  /** How many times its own time a search may take that can't end before it got on. */
  private static final int PATIENCE = 10;

  private final long nanos;
  private final long deadline;
  private final long end;
  private final long maxBytes;
  private long bytes;
  private boolean advanced;

  /**
   * @param nanos time
   * @param maxBytes text, uncompressed
   */
  ScanBudget(long nanos, long maxBytes) {
    this.nanos = nanos;
    long now = System.nanoTime();
    this.deadline = now + nanos;
    this.end = now + PATIENCE * nanos;
    this.maxBytes = maxBytes;
  }

  void scanned(int moreBytes) {
    bytes += moreBytes;
    advanced = true;
  }

  /** Notes that lines were ruled out without reading them. */
  void skipped() {
    advanced = true;
  }

  /** Whether the search must end now. Never before it got on: it would begin there for ever. */
  boolean spent() {
    return advanced && (bytes >= maxBytes || System.nanoTime() - deadline > 0);
  }

  /** Whether even a search that can't end yet must be given up. */
  boolean exceeded() {
    return System.nanoTime() - end > 0;
  }

  /** Whether a search that ends now would go on at another place than it began. */
  boolean advanced() {
    return advanced;
  }

  /** When to give up a match that can be taken up again. */
  long deadline() {
    return deadline;
  }

  /**
   * When to give up a match without which the search gets nowhere: when this one alone has taken as
   * long as all may. A slow database, or many segments of one moment, are not the fault of an
   * expression.
   */
  long lastDeadline() {
    return System.nanoTime() + nanos;
  }

  long bytes() {
    return bytes;
  }
}
