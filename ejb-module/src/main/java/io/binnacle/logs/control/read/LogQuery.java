package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LogFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a log is wanted.
 *
 * @param stream the name or id of one stream, ordered by line; null for all, merged by time
 * @param fromLine the first line, inclusive; only of one stream
 * @param toLine the last line, inclusive; only of one stream
 * @param limit at least 1
 */
public record LogQuery(
    LogFilter filter,
    @Nullable String stream,
    long fromLine,
    long toLine,
    boolean descending,
    int limit,
    @Nullable String cursor) {

  /** The newest lines that pass a filter. */
  public static LogQuery newest(LogFilter filter, @Nullable String stream, int limit) {
    return new LogQuery(filter, stream, 1, Long.MAX_VALUE, true, limit, null);
  }

  /** Whether the lines are not bounded by their numbers. */
  boolean isWholeRange() {
    return fromLine <= 1 && toLine == Long.MAX_VALUE;
  }

  /** What a cursor is bound to. */
  String canonical(long ownerId) {
    return ownerId
        + "|"
        + stream
        + "|"
        + fromLine
        + "|"
        + toLine
        + "|"
        + descending
        + "|"
        + filter.canonical();
  }
}
