package io.binnacle.logs.control.ingest;

import io.binnacle.logs.store.ClientWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a batch is on disk, and what of it.
 *
 * @param kind how it came there
 * @param stream the id of the stream
 * @param accepted lines that were stored
 * @param firstLine the number of the first one; null when there was none
 * @param lastLine the number of the last one; null when there was none
 * @param truncated accepted lines whose message was cut
 * @param refused the first refused lines
 * @param refusedCount all refused lines
 */
public record LogAck(
    Kind kind,
    String stream,
    int accepted,
    @Nullable Long firstLine,
    @Nullable Long lastLine,
    int truncated,
    List<RefusedLine> refused,
    int refusedCount) {
  /** How a batch came to be on disk. */
  public enum Kind {
    /** It was stored now. */
    STORED,

    /** It was there before; the answer to its sender is that of the first time. */
    REPEATED,

    /** Its number is older than all that are remembered: taken for a repetition, else unknown. */
    BELOW_WINDOW
  }

  static LogAck stored(long streamId, LogBatch batch, long firstLine, int lines) {
    return of(Kind.STORED, streamId, batch, firstLine, lines);
  }

  /** The answer to a batch that is sent again. */
  static LogAck repeated(long streamId, LogBatch batch, ClientWindow.Stored before) {
    return of(Kind.REPEATED, streamId, batch, before.firstLine(), before.lines());
  }

  static LogAck belowWindow(long streamId) {
    return new LogAck(Kind.BELOW_WINDOW, Long.toString(streamId), 0, null, null, 0, List.of(), 0);
  }

  private static LogAck of(Kind kind, long streamId, LogBatch batch, long firstLine, int lines) {
    return new LogAck(
        kind,
        Long.toString(streamId),
        lines,
        lines == 0 ? null : firstLine,
        lines == 0 ? null : firstLine + lines - 1,
        batch.truncated(),
        batch.refused(),
        batch.refusedCount());
  }
}
