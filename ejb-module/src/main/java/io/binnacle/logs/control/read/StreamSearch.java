package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.ProjectScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One walk over the lines of one stream, forwards or backwards. */
final class StreamSearch {
  /** Metadata rows that are read at once. */
  private static final int PAGE = 64;

  private final SegmentReads reads;
  private final ProjectScope scope;
  private final LogStream stream;
  private final LineMatcher matcher;
  private final ScanBudget budget;
  private final SegmentBatch gathering;
  private boolean complete = true;
  private boolean stopped;

  /**
   * @param pageLines lines that the receiver is likely to take
   */
  StreamSearch(
      SegmentReads reads,
      ProjectScope scope,
      LogStream stream,
      LineMatcher matcher,
      ScanBudget budget,
      int pageLines) {
    this.reads = reads;
    this.scope = scope;
    this.stream = stream;
    this.matcher = matcher;
    this.budget = budget;
    this.gathering = new SegmentBatch(pageLines);
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
    while (next <= last && mayGoOn()) {
      List<SegmentInfo> page =
          reads.from(scope, stream.id(), next, PAGE).stream()
              .takeWhile(info -> info.firstLine() <= last)
              .toList();
      if (page.isEmpty()) {
        return last + 1;
      }
      for (List<SegmentInfo> batch : batches(page)) {
        for (SegmentPart part : open(batch)) {
          next = scanForwards(part, Math.max(next, part.firstLine()), last, receiver);
          if (stopped) {
            return next;
          }
        }
      }
      next = page.get(page.size() - 1).endLine();
      budget.skipped();
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
    while (next >= first && mayGoOn()) {
      List<SegmentInfo> page =
          reads.before(scope, stream.id(), next + 1, PAGE).stream()
              .takeWhile(info -> info.endLine() > first)
              .toList();
      if (page.isEmpty()) {
        return first - 1;
      }
      for (List<SegmentInfo> batch : batches(page)) {
        List<SegmentPart> parts = new ArrayList<>(open(batch));
        parts.sort(Comparator.comparingLong(SegmentPart::firstLine).reversed());
        for (SegmentPart part : parts) {
          next = scanBackwards(part, first, Math.min(next, part.endLine() - 1), receiver);
          if (stopped) {
            return next;
          }
        }
      }
      next = page.get(page.size() - 1).firstLine() - 1;
      budget.skipped();
    }
    return next;
  }

  private boolean mayGoOn() {
    if (budget.spent()) {
      stop();
    }
    return !stopped;
  }

  private void stop() {
    stopped = true;
    complete = false;
  }

  /** The segments of a page that may have lines that pass, in batches to be opened at once. */
  private List<List<SegmentInfo>> batches(List<SegmentInfo> page) {
    List<List<SegmentInfo>> batches = new ArrayList<>();
    for (SegmentInfo info : page) {
      if (matcher.mayMatch(info)) {
        gathering.add(info);
      }
      if (gathering.isFull()) {
        batches.add(gathering.take());
      }
    }
    batches.add(gathering.take());
    batches.removeIf(List::isEmpty);
    return batches;
  }

  private List<SegmentPart> open(List<SegmentInfo> batch) {
    return reads.open(scope, batch).stream().flatMap(List::stream).toList();
  }

  private long scanForwards(SegmentPart part, long from, long last, Predicate<LogLine> receiver) {
    long first = part.info().firstLine();
    BitSet found = match(part, (int) (from - first), (int) Math.min(part.to(), last + 1 - first));
    if (found == null) {
      return from;
    }
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      if (!receiver.test(SegmentLines.line(part.info(), part.segment(), i))) {
        stopped = true;
        return first + i + 1;
      }
    }
    return part.endLine();
  }

  private long scanBackwards(SegmentPart part, long from, long to, Predicate<LogLine> receiver) {
    long first = part.info().firstLine();
    BitSet found = match(part, (int) Math.max(part.from(), from - first), (int) (to + 1 - first));
    if (found == null) {
      return to;
    }
    for (int i = found.length() - 1; i >= 0; i = found.previousSetBit(i - 1)) {
      if (!receiver.test(SegmentLines.line(part.info(), part.segment(), i))) {
        stopped = true;
        return first + i - 1;
      }
    }
    return part.firstLine() - 1;
  }

  /** The lines that pass; null when the budget ended before they were found. */
  private @Nullable BitSet match(SegmentPart part, int from, int to) {
    if (!mayGoOn()) {
      return null;
    }
    long deadline = budget.advanced() ? budget.deadline() : budget.lastDeadline();
    BitSet lines = matcher.match(part.segment(), from, to, deadline);
    if (lines == null) {
      if (!budget.advanced()) {
        throw tooSlow();
      }
      stop();
      return null;
    }
    budget.scanned(Math.max(1, part.info().rawBytes()));
    return lines;
  }

  /** A second request would fare no better: the expression itself is at fault. */
  static ProblemException tooSlow() {
    return ProblemException.of(
        ProblemType.INVALID_REGEX,
        "The expression takes too long on these lines; nested repetitions are the usual reason.");
  }
}
