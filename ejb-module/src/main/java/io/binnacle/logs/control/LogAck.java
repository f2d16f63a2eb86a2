package io.binnacle.logs.control;

import io.binnacle.logs.store.ClientWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a batch is on disk, and what of it.
 *
 * @param stream the id of the stream
 * @param accepted lines that were stored
 * @param firstLine the number of the first one; null when there was none
 * @param lastLine the number of the last one; null when there was none
 * @param truncated accepted lines whose message was cut
 * @param refused the first refused lines
 * @param refusedCount all refused lines
 * @param repeated whether it was there before; the answer to a sender is the same
 * @param duplicate true when the number is older than all that are remembered: the batch is taken
 *     for a repetition, and nothing else is known of it
 */
public record LogAck(
    String stream,
    int accepted,
    @Nullable Long firstLine,
    @Nullable Long lastLine,
    int truncated,
    List<RefusedLine> refused,
    int refusedCount,
    boolean repeated,
    @Nullable Boolean duplicate) {

  static LogAck stored(long streamId, LogBatch batch, long firstLine, int lines) {
    return new LogAck(
        Long.toString(streamId),
        lines,
        lines == 0 ? null : firstLine,
        lines == 0 ? null : firstLine + lines - 1,
        batch.truncated(),
        batch.refused(),
        batch.refusedCount(),
        false,
        null);
  }

  /** The answer to a batch that is sent again. */
  static LogAck repeated(long streamId, LogBatch batch, ClientWindow.Stored before) {
    LogAck first = stored(streamId, batch, before.firstLine(), before.lines());
    return new LogAck(
        first.stream,
        first.accepted,
        first.firstLine,
        first.lastLine,
        first.truncated,
        first.refused,
        first.refusedCount,
        true,
        null);
  }

  static LogAck duplicate(long streamId) {
    return new LogAck(Long.toString(streamId), 0, null, null, 0, List.of(), 0, true, true);
  }
}
