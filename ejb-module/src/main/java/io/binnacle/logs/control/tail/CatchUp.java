package io.binnacle.logs.control.tail;

import io.binnacle.logs.control.read.LinePosition;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LineMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a viewer who comes back has missed. All of it becomes one message, so it is bounded: the
 * streams share what may be sent, those that have little to tell first, and of each the newest
 * lines come. The rest is told as skipped.
 */
final class CatchUp {
  private static final int MAX_LINES = 10_000;

  /** Characters of all lines. */
  private static final long MAX_CHARS = 4 << 20;

  private final TailReading reading;
  private final LineMatcher matcher;
  private final List<Missed> ranges = new ArrayList<>();
  private final List<TailFrame.Skipped> gone = new ArrayList<>();
  private long lines = MAX_LINES;
  private long chars = MAX_CHARS;

  private record Missed(LogStream stream, long from, long end) {
    long lines() {
      return end - from;
    }
  }

  /** What one stream may send. */
  private final class Share {
    private long sharedLines;
    private long sharedChars;

    /**
     * @param streams among how many what is left is shared
     */
    Share(int streams) {
      sharedLines = lines / streams;
      sharedChars = chars / streams;
    }

    boolean take(LogLine line) {
      long size = LogSearch.sizeOf(line);
      if (sharedLines == 0 || size > sharedChars) {
        return false;
      }
      sharedLines--;
      sharedChars -= size;
      lines--;
      chars -= size;
      return true;
    }
  }

  CatchUp(TailReading reading, LogFilter filter) {
    this.reading = reading;
    this.matcher = new LineMatcher(filter);
  }

  /**
   * Adds a stream.
   *
   * @param next the first line that was not seen
   * @param end one after the last line that is wanted
   */
  void add(LogStream stream, long next, long end) {
    long from = Math.max(stream.firstLine(), next);
    if (next < from) {
      gone.add(new TailFrame.Skipped(stream.id(), next, from - 1));
    }
    if (from < end) {
      ranges.add(new Missed(stream, from, end));
    }
  }

  /** Reads it. */
  TailStart read(Map<Long, String> names, Map<Long, Long> positions) {
    List<LogLine> missed = new ArrayList<>();
    List<TailFrame.Skipped> skipped = new ArrayList<>();
    ranges.sort(Comparator.comparingLong(Missed::lines));
    int left = ranges.size();
    for (Missed part : ranges) {
      Share share = new Share(left--);
      for (TailFrame frame :
          reading.newest(part.stream(), matcher, part.from(), part.end(), MAX_LINES, share::take)) {
        if (frame instanceof TailFrame.Lines found) {
          missed.addAll(found.items());
        } else if (frame instanceof TailFrame.Skipped range) {
          skipped.add(range);
        }
      }
    }
    missed.sort(Comparator.comparing(LinePosition::of));
    return new TailStart(missed, skipped, gone, names, positions);
  }
}
