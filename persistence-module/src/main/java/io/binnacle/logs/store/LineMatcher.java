package io.binnacle.logs.store;

import io.binnacle.logs.entity.LineBuffer.Level;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.NameCounts;
import io.binnacle.logs.store.segment.Segment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A filter made ready: rules segments out by their metadata, and finds lines in the others. */
public final class LineMatcher {
  private final LogFilter filter;
  private final List<TextMatcher> texts = new ArrayList<>();
  private final List<FieldMatcher> fields = new ArrayList<>();
  private final @Nullable MatchTime time;

  /**
   * @throws io.binnacle.platform.entity.ProblemException when the expression is not valid
   */
  public LineMatcher(LogFilter filter) {
    this(filter, null);
  }

  /**
   * As above, for no longer than a time that all its matches share.
   *
   * @param time null for any time
   */
  public LineMatcher(LogFilter filter, @Nullable MatchTime time) {
    this.filter = filter;
    this.time = time;
    String search = filter.search();
    if (search != null && !search.isEmpty()) {
      texts.add(
          filter.ignoreCase()
              ? TextMatcher.literalIgnoringCase(search)
              : TextMatcher.literal(search));
    }
    String regex = filter.regex();
    if (regex != null && !regex.isEmpty()) {
      texts.add(TextMatcher.regex(regex, filter.ignoreCase()));
    }
    filter.fields().forEach((name, value) -> fields.add(new FieldMatcher(name, value)));
  }

  /** Whether a match was, or will be, given up because the shared time is over. */
  public boolean isOutOfTime() {
    return time != null && time.left() == 0;
  }

  /** Whether a segment can have lines that pass; decided without its payload. */
  public boolean mayMatch(SegmentInfo segment) {
    return inTime(segment) && hasSeverity(segment) && hasLevel(segment) && hasSource(segment);
  }

  /**
   * The lines of a segment that pass.
   *
   * @param from first line to look at, counted in the segment from 0
   * @param to one after the last; none is looked at when it is not behind the first
   * @param deadline of {@link System#nanoTime()}
   * @return null when the deadline passed, or the shared time, before all lines were looked at
   */
  public @Nullable BitSet match(Segment segment, int from, int to, long deadline) {
    if (from >= to) {
      return new BitSet();
    }
    BitSet lines = new BitSet(to);
    lines.set(from, to);
    retainNames(segment, lines);
    retainTimes(segment, lines);
    if (!retainTexts(segment, lines, deadline)) {
      return null;
    }
    fields.forEach(field -> field.retain(segment, lines));
    return lines;
  }

  /** False when there was not time enough. */
  private boolean retainTexts(Segment segment, BitSet lines, long deadline) {
    long began = System.nanoTime();
    long end = time == null ? deadline : began + Math.min(deadline - began, time.left());
    try {
      for (TextMatcher text : texts) {
        text.retain(segment, lines, end);
      }
      return true;
    } catch (DeadlineText.Passed e) {
      return false;
    } finally {
      if (time != null) {
        time.take(System.nanoTime() - began);
      }
    }
  }

  private boolean inTime(SegmentInfo segment) {
    Long start = filter.startTime();
    Long end = filter.endTime();
    return (start == null || segment.maxTime() >= start)
        && (end == null || segment.minTime() < end);
  }

  private boolean hasSeverity(SegmentInfo segment) {
    return segment.severityMask() >>> filter.minSeverity() != 0;
  }

  private boolean hasLevel(SegmentInfo segment) {
    return filter.levels().isEmpty()
        || NameCounts.levels(segment.levelCounts()).keySet().stream()
            .anyMatch(level -> filter.levels().contains(level.name()));
  }

  private boolean hasSource(SegmentInfo segment) {
    return filter.sources().isEmpty()
        || NameCounts.sources(segment.sourceCounts()).keySet().stream()
            .anyMatch(filter.sources()::contains);
  }

  private void retainNames(Segment segment, BitSet lines) {
    if (!filter.levels().isEmpty() || filter.minSeverity() > 1) {
      List<Level> levels = segment.levels();
      boolean[] passes = new boolean[levels.size()];
      for (int code = 0; code < passes.length; code++) {
        Level level = levels.get(code);
        passes[code] =
            level.severity() >= filter.minSeverity()
                && (filter.levels().isEmpty() || filter.levels().contains(level.name()));
      }
      byte[] codes = segment.levelCodes();
      retain(lines, line -> passes[codes[line]]);
    }
    if (!filter.sources().isEmpty()) {
      List<String> sources = segment.sources();
      boolean[] passes = new boolean[sources.size()];
      for (int code = 0; code < passes.length; code++) {
        passes[code] = filter.sources().contains(sources.get(code));
      }
      byte[] codes = segment.sourceCodes();
      retain(lines, line -> passes[codes[line]]);
    }
  }

  private void retainTimes(Segment segment, BitSet lines) {
    Long start = filter.startTime();
    Long end = filter.endTime();
    if (start == null && end == null) {
      return;
    }
    long first = start == null ? Long.MIN_VALUE : start;
    long limit = end == null ? Long.MAX_VALUE : end;
    long[] times = segment.times();
    retain(lines, line -> times[line] >= first && times[line] < limit);
  }

  private static void retain(BitSet lines, IntPredicate passes) {
    for (int i = lines.nextSetBit(0); i >= 0; i = lines.nextSetBit(i + 1)) {
      if (!passes.test(i)) {
        lines.clear(i);
      }
    }
  }
}
