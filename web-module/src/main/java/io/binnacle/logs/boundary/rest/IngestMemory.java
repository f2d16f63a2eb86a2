package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.platform.boundary.rest.MeteredBody;
import io.binnacle.platform.control.ingest.ByteBudget;
import java.io.InputStream;

/**
 * The memory that one batch takes, from before its body is read until it is on disk. What a body
 * will need is not known before: it may come compressed, or without a length. So what it was found
 * to need is taken from the budget step by step, and a body that goes beyond the budget is refused
 * in the middle.
 */
final class IngestMemory {
  /** The request, the parser and its buffers. */
  private static final int FIXED_BYTES = 32 << 10;

  /** So much of an unfinished line is ordinary, and in the parser's own buffers. */
  private static final int ORDINARY_BYTES = 16 << 10;

  /**
   * A long text is held as characters in parts, as characters in one piece, and as UTF-8 with room
   * for three bytes a character.
   */
  private static final int UNFINISHED_FACTOR = 8;

  private final ByteBudget.Reservation reservation;

  private IngestMemory(ByteBudget.Reservation reservation) {
    this.reservation = reservation;
  }

  /**
   * Takes what a body needs at least.
   *
   * @param announced its length as it is sent, in bytes; -1 when it was not told
   * @throws io.binnacle.platform.entity.ProblemException {@code too_many_requests} when that is not
   *     there
   */
  static IngestMemory take(ByteBudget budget, long announced) {
    return new IngestMemory(budget.take(FIXED_BYTES + Math.max(announced, 0)));
  }

  /**
   * The same body, which takes more memory from the budget while it is read; reading fails with
   * {@code too_many_requests} when that is not there.
   *
   * @param body inflated
   * @param lines where its lines go
   */
  InputStream growingWith(InputStream body, LineBuffer lines) {
    return new MeteredBody(body, new Meter(lines)::read);
  }

  /**
   * Keeps what a body that was read needs until it is on disk: its lines, and the segments made of
   * them, which are as large as their text at worst.
   *
   * @throws io.binnacle.platform.entity.ProblemException {@code too_many_requests} when that is not
   *     there
   */
  void settle(LineBuffer lines) {
    reservation.settle(FIXED_BYTES + lines.memoryBytes() + lines.bytes());
  }

  /** Gives everything back; a second call does nothing. */
  void release() {
    reservation.release();
  }

  private final class Meter {
    private final LineBuffer lines;
    private int endedLines;

    /** Bytes since the last line ended; some of them may still belong to that line. */
    private long unfinished;

    private int lastRead;

    private Meter(LineBuffer lines) {
      this.lines = lines;
    }

    private void read(int count) {
      if (lines.ended() != endedLines) {
        endedLines = lines.ended();
        unfinished = lastRead;
      }
      unfinished += count;
      lastRead = count;
      long extra = Math.max(0, unfinished - ORDINARY_BYTES) * UNFINISHED_FACTOR;
      reservation.growTo(FIXED_BYTES + lines.memoryBytes() + extra);
    }
  }
}
