package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.security.entity.ProjectScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One page of a view that merges streams by time. It looks at segments in the order of their best
 * line and stops when the page can't become better.
 */
final class MergedSearch {
  private final SegmentReads reads;
  private final ProjectScope scope;
  private final Map<Long, LogStream> streams;
  private final LineMatcher matcher;
  private final ScanBudget budget;
  private final boolean descending;
  private final @Nullable LinePosition position;
  private final Comparator<LinePosition> order;

  /** The best lines so far, the worst of them first; one more than the page may have. */
  private final PriorityQueue<LogLine> best;

  /** Lines that the page may have; fewer when they are so long that they would fill the memory. */
  private int limit;

  private long bestBytes;
  private boolean complete = true;
  private List<LogLine> lines = List.of();
  private @Nullable LinePosition next;

  MergedSearch(
      SegmentReads reads,
      ProjectScope scope,
      Map<Long, LogStream> streams,
      LineMatcher matcher,
      ScanBudget budget,
      boolean descending,
      int limit,
      @Nullable LinePosition position) {
    this.reads = reads;
    this.scope = scope;
    this.streams = streams;
    this.matcher = matcher;
    this.budget = budget;
    this.descending = descending;
    this.limit = limit;
    this.position = position;
    this.order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    this.best = new PriorityQueue<>(Comparator.comparing(LinePosition::of, order.reversed()));
  }

  /** Whether the budget ended before the page was full. */
  boolean complete() {
    return complete;
  }

  /** The lines of the page, in order. */
  List<LogLine> lines() {
    return lines;
  }

  /** The place after which the next page begins; null at the end. */
  @Nullable LinePosition next() {
    return next;
  }

  /** Looks at the segments. */
  void run(SegmentsByTime segments) {
    SegmentInfo info;
    while ((info = segments.peek()) != null) {
      long bound = descending ? info.maxTime() : info.minTime();
      if (best.size() > limit && isBeyondWorst(bound)) {
        break;
      }
      boolean mayEnd = isPastPosition(bound);
      if (mayEnd && budget.spent() || !scan(info, mayEnd)) {
        endBefore(bound);
        return;
      }
      segments.poll();
    }
    lines = sorted();
    if (lines.size() > limit) {
      lines = lines.subList(0, limit);
      next = LinePosition.of(lines.get(limit - 1));
    }
  }

  /** Ends the page at the best line that an unread segment may have. */
  private void endBefore(long bound) {
    List<LogLine> sorted = sorted();
    sorted.removeIf(line -> descending ? line.time() <= bound : line.time() >= bound);
    boolean full = sorted.size() >= limit;
    complete = full;
    lines = full ? sorted.subList(0, limit) : sorted;
    long outside = descending ? Long.MAX_VALUE : Long.MIN_VALUE;
    next = full ? LinePosition.of(lines.get(limit - 1)) : new LinePosition(bound, outside, outside);
  }

  private List<LogLine> sorted() {
    List<LogLine> sorted = new ArrayList<>(best);
    sorted.sort(Comparator.comparing(LinePosition::of, order));
    return sorted;
  }

  private boolean isBeyondWorst(long bound) {
    LogLine worst = best.peek();
    return worst != null && (descending ? worst.time() > bound : worst.time() < bound);
  }

  /** Segments on both sides of the position are always read: a page without them gets nowhere. */
  private boolean isPastPosition(long bound) {
    return position == null || (descending ? bound < position.time() : bound > position.time());
  }

  /** Takes the lines of a segment into account; false when the time ran out. */
  private boolean scan(SegmentInfo info, boolean mayEnd) {
    LogStream stream = streams.get(info.streamId());
    if (stream == null || info.endLine() <= stream.firstLine() || !matcher.mayMatch(info)) {
      budget.skipped();
      return true;
    }
    for (SegmentPart part : reads.open(scope, List.of(info))) {
      int from = (int) Math.max(part.from(), stream.firstLine() - part.info().firstLine());
      BitSet found = matcher.match(part.segment(), from, part.to(), budget.deadline());
      if (found == null) {
        if (!budget.advanced() || !mayEnd) {
          throw StreamSearch.tooSlow();
        }
        return false;
      }
      budget.scanned(Math.max(1, part.info().rawBytes()));
      for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
        offer(part, i);
      }
    }
    return true;
  }

  private void offer(SegmentPart part, int index) {
    SegmentInfo info = part.info();
    LinePosition at =
        new LinePosition(part.segment().times()[index], info.streamId(), info.firstLine() + index);
    if (position != null && order.compare(at, position) <= 0) {
      return;
    }
    LogLine worst = best.peek();
    if (worst != null && best.size() > limit && order.compare(at, LinePosition.of(worst)) > 0) {
      return;
    }
    LogLine line = SegmentLines.line(info, part.segment(), index);
    best.add(line);
    bestBytes += LogSearch.sizeOf(line);
    while (best.size() > limit + 1) {
      bestBytes -= LogSearch.sizeOf(best.remove());
    }
    while (bestBytes > LogSearch.PAGE_BYTES && best.size() > 2) {
      bestBytes -= LogSearch.sizeOf(best.remove());
      limit = best.size() - 1;
    }
  }
}
