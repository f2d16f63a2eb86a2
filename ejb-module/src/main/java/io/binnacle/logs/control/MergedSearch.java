package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.logs.store.segment.Segment;
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
  private final int limit;
  private final @Nullable LinePosition position;

  /** The best lines so far, the worst of them first. */
  private final PriorityQueue<LogLine> best;

  private final Comparator<LinePosition> order;
  private @Nullable Long frontier;

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

  /** Looks at the segments. */
  void run(SegmentsByTime segments) {
    SegmentInfo info;
    while ((info = segments.peek()) != null) {
      long bound = descending ? info.maxTime() : info.minTime();
      if (best.size() > limit && isBeyondWorst(bound)) {
        return;
      }
      if (budget.exhausted() && budget.bytes() > 0 || !scan(info)) {
        frontier = bound;
        return;
      }
      segments.poll();
    }
  }

  /** Whether the budget ended before the page was full. */
  boolean complete() {
    return frontier == null || lines().size() >= limit;
  }

  /** The lines of the page, in order. */
  List<LogLine> lines() {
    List<LogLine> sorted = new ArrayList<>(best);
    sorted.sort(Comparator.comparing(LinePosition::of, order));
    Long open = frontier;
    if (open != null) {
      // Beyond the frontier an unread segment may have lines that come first.
      sorted.removeIf(line -> descending ? line.time() <= open : line.time() >= open);
    }
    return sorted.size() > limit ? sorted.subList(0, limit) : sorted;
  }

  /** Where the next page begins; null at the end. */
  @Nullable LinePosition next() {
    List<LogLine> page = lines();
    if (page.size() == limit && best.size() > limit) {
      return LinePosition.of(page.get(limit - 1));
    }
    Long open = frontier;
    if (open == null) {
      return null;
    }
    return descending
        ? new LinePosition(open, Long.MAX_VALUE, Long.MAX_VALUE)
        : new LinePosition(open, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  private boolean isBeyondWorst(long bound) {
    LogLine worst = best.peek();
    return worst != null && (descending ? worst.time() > bound : worst.time() < bound);
  }

  /** Takes the lines of a segment into account; false when the time ran out. */
  private boolean scan(SegmentInfo info) {
    LogStream stream = streams.get(info.streamId());
    if (stream == null || info.endLine() <= stream.firstLine() || !matcher.mayMatch(info)) {
      return true;
    }
    Segment segment = reads.open(scope, info);
    if (segment == null) {
      return true;
    }
    int start = (int) Math.max(0, stream.firstLine() - info.firstLine());
    BitSet found = matcher.match(segment, start, info.lines(), budget.deadline());
    if (found == null) {
      if (budget.bytes() == 0) {
        throw StreamSearch.tooSlow();
      }
      return false;
    }
    budget.scanned(Math.max(1, info.rawBytes()));
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      offer(info, segment, i);
    }
    return true;
  }

  private void offer(SegmentInfo info, Segment segment, int index) {
    LinePosition at =
        new LinePosition(segment.times()[index], info.streamId(), info.firstLine() + index);
    if (position != null && order.compare(at, position) <= 0) {
      return;
    }
    // One more than the page has, to know whether there is a next one.
    if (best.size() > limit) {
      LogLine worst = best.peek();
      if (worst != null && order.compare(at, LinePosition.of(worst)) > 0) {
        return;
      }
      best.poll();
    }
    best.add(SegmentLines.line(info, segment, index));
  }
}
