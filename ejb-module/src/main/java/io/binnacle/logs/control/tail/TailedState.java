package io.binnacle.logs.control.tail;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.runs.entity.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the viewers of a log know of it beside its lines. The server on which a log is cleared or a
 * run ends tells them at once; on the others it is found by comparing.
 */
final class TailedState {
  /** One after the last line of each stream that had any. */
  private Map<Long, Long> ends = Map.of();

  private @Nullable RunStatus status;
  private boolean known;

  /** Whether nothing is known yet to compare with. */
  synchronized boolean isUnknown() {
    return !known;
  }

  /** Whether all lines that were there the last time are gone; remembers what is there now. */
  synchronized boolean isCleared(List<LogStream> streams) {
    Map<Long, LogStream> now =
        streams.stream().collect(Collectors.toMap(LogStream::id, Function.identity()));
    boolean cleared =
        !ends.isEmpty()
            && ends.entrySet().stream().allMatch(e -> isGone(now.get(e.getKey()), e.getValue()));
    known = true;
    ends =
        streams.stream()
            .filter(stream -> stream.lines() > 0)
            .collect(Collectors.toMap(LogStream::id, LogStream::nextLine));
    return cleared;
  }

  private static boolean isGone(@Nullable LogStream stream, long end) {
    return stream == null || stream.firstLine() >= end;
  }

  /** Notes that the viewers know that the log was cleared. */
  synchronized void clearedHere() {
    ends = Map.of();
  }

  /** Whether a status is another one than the viewers know; from now on they know it. */
  synchronized boolean isNews(RunStatus now) {
    RunStatus before = status;
    status = now;
    return before != null && before != now;
  }
}
