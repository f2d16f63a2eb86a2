package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.ProjectScope;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** One walk over the lines of one stream, forwards or backwards. */
final class StreamSearch {
  /** Metadata rows that are read at once. */
  private static final int PAGE = 64;

  private final SegmentReads reads;
  private final ProjectScope scope;
  private final LogStream stream;
  private final LineMatcher matcher;
  private final ScanBudget budget;
  private boolean complete = true;
  private boolean stopped;

  StreamSearch(
      SegmentReads reads,
      ProjectScope scope,
      LogStream stream,
      LineMatcher matcher,
      ScanBudget budget) {
    this.reads = reads;
    this.scope = scope;
    this.stream = stream;
    this.matcher = matcher;
    this.budget = budget;
  }

  /** Whether all lines were looked at, or the receiver wanted no more. */
  boolean complete() {
    return complete;
  }

  /**
   * Gives the lines that pass, in rising order, to a receiver that answers false to stop.
   *
   * @return the first line that was not looked at
   */
  long forwards(long from, long to, Predicate<LogLine> receiver) {
    long next = Math.max(from, stream.firstLine());
    long last = Math.min(to, stream.nextLine() - 1);
    while (next <= last) {
      List<SegmentInfo> page = reads.from(scope, stream.id(), next, PAGE);
      if (page.isEmpty()) {
        return last + 1;
      }
      for (SegmentInfo info : page) {
        if (info.firstLine() > last) {
          return last + 1;
        }
        next = scanForwards(info, Math.max(next, info.firstLine()), last, receiver);
        if (stopped || next < info.endLine()) {
          return next;
        }
      }
    }
    return next;
  }

  /**
   * Gives the lines that pass, in falling order.
   *
   * @return the last line that was not looked at
   */
  long backwards(long from, long to, Predicate<LogLine> receiver) {
    long first = Math.max(from, stream.firstLine());
    long next = Math.min(to, stream.nextLine() - 1);
    while (next >= first) {
      List<SegmentInfo> page = reads.before(scope, stream.id(), next + 1, PAGE);
      if (page.isEmpty()) {
        return first - 1;
      }
      for (SegmentInfo info : page) {
        if (info.endLine() <= first) {
          return first - 1;
        }
        next = scanBackwards(info, first, Math.min(next, info.endLine() - 1), receiver);
        if (stopped || next >= info.firstLine() && next >= first) {
          return next;
        }
      }
    }
    return next;
  }

  private long scanForwards(SegmentInfo info, long from, long last, Predicate<LogLine> receiver) {
    int start = (int) (from - info.firstLine());
    int end = (int) Math.min(info.lines(), last + 1 - info.firstLine());
    Found found = find(info, start, end);
    if (found == null) {
      return stopped ? from : info.endLine();
    }
    for (int i = found.lines.nextSetBit(0); i >= 0; i = found.lines.nextSetBit(i + 1)) {
      if (!receiver.test(SegmentLines.line(info, found.segment, i))) {
        stopped = true;
        return info.firstLine() + i + 1;
      }
    }
    return info.endLine();
  }

  private long scanBackwards(SegmentInfo info, long first, long to, Predicate<LogLine> receiver) {
    int start = (int) Math.max(0, first - info.firstLine());
    int end = (int) (to + 1 - info.firstLine());
    Found found = find(info, start, end);
    if (found == null) {
      return stopped ? to : info.firstLine() - 1;
    }
    for (int i = found.lines.length() - 1; i >= 0; i = found.lines.previousSetBit(i - 1)) {
      if (!receiver.test(SegmentLines.line(info, found.segment, i))) {
        stopped = true;
        return info.firstLine() + i - 1;
      }
    }
    return info.firstLine() - 1;
  }

  private record Found(Segment segment, BitSet lines) {}

  /** The lines of a segment that pass; null when there are none or the budget ended. */
  private @org.jspecify.annotations.Nullable Found find(SegmentInfo info, int start, int end) {
    if (!matcher.mayMatch(info)) {
      return null;
    }
    if (budget.exhausted() && budget.bytes() > 0) {
      stopped = true;
      complete = false;
      return null;
    }
    Segment segment = reads.open(scope, info);
    if (segment == null) {
      return null;
    }
    BitSet lines = matcher.match(segment, start, end, budget.deadline());
    if (lines == null) {
      if (budget.bytes() == 0) {
        throw tooSlow();
      }
      stopped = true;
      complete = false;
      return null;
    }
    budget.scanned(Math.max(1, info.rawBytes()));
    return new Found(segment, lines);
  }

  /** A second request would fare no better: the expression itself is at fault. */
  static ProblemException tooSlow() {
    return ProblemException.of(
        ProblemType.INVALID_REGEX,
        "The expression takes too long on these lines; nested repetitions are the usual reason.");
  }
}
