package io.binnacle.logs.control.tail;

import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.entity.LogLine;
import java.util.concurrent.TimeUnit;

/**
 * How much the viewers of one filter may still get: lines for each of them, which grow with time,
 * and in one round no more text than the server can send before the next.
 */
final class TailAllowance {
  /** 2,000 lines a second: no eye follows more, and no browser draws it. */
  private static final long NANOS_A_LINE = TimeUnit.SECONDS.toNanos(1) / 2_000;

  /** After a quiet second, the lines of a second may come at once. */
  private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** For one viewer: half of what may wait for it, so that one round never fills its queue. */
  private static final long VIEWER_CHARS = 512 << 10;

  /**
   * For all viewers of the filter together. Each connection encodes its own copy of a frame:
   * without this limit a thousand viewers of a busy log filled a heap of 768 MB.
   */
  private static final long ROUND_CHARS = 24 << 20;

  /** About what JSON adds to the texts of a line: its time, and names and ids. */
  private static final int CHARS_OF_JSON = 50;

  /** The bucket holds a line for every {@link #NANOS_A_LINE} that passed since. */
  private long emptyAt;

  private long lines;
  private long chars;
  private boolean untouched;

  /**
   * @param now as of {@link System#nanoTime()}
   */
  TailAllowance(long now) {
    emptyAt = now - BURST_NANOS;
  }

  /**
   * Begins a round.
   *
   * @param now as of {@link System#nanoTime()}
   * @param viewers how many will get what is taken
   */
  void begin(long now, int viewers) {
    if (now - emptyAt > BURST_NANOS) {
      emptyAt = now - BURST_NANOS;
    }
    lines = (now - emptyAt) / NANOS_A_LINE;
    chars = Math.min(VIEWER_CHARS, ROUND_CHARS / Math.max(1, viewers));
    untouched = true;
  }

  /** Lines that may still come in this round. */
  int lines() {
    return (int) lines;
  }

  /** Takes a line; false when it may not come. A line longer than a round's text comes alone. */
  boolean take(LogLine line) {
    long cost = LogSearch.sizeOf(line) + CHARS_OF_JSON;
    if (lines == 0 || cost > chars && !untouched) {
      return false;
    }
    untouched = false;
    lines--;
    chars -= cost;
    emptyAt += NANOS_A_LINE;
    return true;
  }
}
