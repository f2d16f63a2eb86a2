package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LineBuffer.Level;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.NameCounts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what metadata can tell; else a page itself is a lower bound. */
final class LogTotals {
  private final WholeSegments segments;
  private final List<LogStream> streams;

  /**
   * @param segments of the streams
   */
  LogTotals(WholeSegments segments, List<LogStream> streams) {
    this.segments = segments;
    this.streams = streams;
  }

  /**
   * How many lines a query matches.
   *
   * @param onPage lines that were found for its page
   * @param more whether there is another page
   */
  LogTotal of(LogQuery query, int onPage, boolean more) {
    LogFilter filter = query.filter();
    boolean wholeRange = query.isWholeRange();
    if (filter.isEmpty() && wholeRange) {
      return new LogTotal(streams.stream().mapToLong(LogStream::lines).sum(), true);
    }
    boolean onePart =
        filter.sources().isEmpty() || filter.levels().isEmpty() && filter.minSeverity() <= 1;
    boolean timed = filter.startTime() != null || filter.endTime() != null;
    if (!filter.readsText() && !timed && onePart && wholeRange) {
      return byNames(filter);
    }
    return new LogTotal(onPage, query.cursor() == null && !more);
  }

  private LogTotal byNames(LogFilter filter) {
    LongAdder sum = new LongAdder();
    boolean exact = segments.each(info -> sum.add(count(info, filter)));
    return new LogTotal(sum.sum(), exact);
  }

  private static long count(SegmentInfo info, LogFilter filter) {
    if (!filter.sources().isEmpty()) {
      return NameCounts.sources(info.sourceCounts()).entrySet().stream()
          .filter(e -> filter.sources().contains(e.getKey()))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
    return NameCounts.levels(info.levelCounts()).entrySet().stream()
        .filter(e -> passes(e.getKey(), filter))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static boolean passes(Level level, LogFilter filter) {
    return level.severity() >= filter.minSeverity()
        && (filter.levels().isEmpty() || filter.levels().contains(level.name()));
  }
}
