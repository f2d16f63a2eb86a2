package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.ProjectScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One page of a view that merges streams by time. It looks at segments in the order of their best
 * line and stops when the page can't become better.
 */
final class MergedSearch {
  private final SegmentReads reads;
  private final Executor executor;
  private final ProjectScope scope;
  private final Map<Long, LogStream> streams;
  private final LineMatcher matcher;
  private final ScanBudget budget;
  private final boolean descending;
  private final long chars;
  private final @Nullable LinePosition position;
  private final Comparator<LinePosition> order;

  /** The best lines so far, the worst of them first; one more than the page may have. */
  private final PriorityQueue<LogLine> best;

  /** Lines that the page may have; fewer when they are so long that they would fill the memory. */
  private int limit;

  private final SegmentBatch gathering;
  private long bestChars;
  private boolean complete = true;
  private List<LogLine> lines = List.of();
  private @Nullable LinePosition next;

  MergedSearch(
      SegmentReads reads,
      Executor executor,
      ProjectScope scope,
      Map<Long, LogStream> streams,
      LineMatcher matcher,
      ScanBudget budget,
      PageBounds bounds) {
    this.reads = reads;
    this.executor = executor;
    this.scope = scope;
    this.streams = streams;
    this.matcher = matcher;
    this.budget = budget;
    this.descending = bounds.descending();
    this.limit = bounds.limit();
    this.chars = bounds.chars();
    this.position = bounds.after();
    this.gathering = new SegmentBatch(limit + 1);
    this.order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    this.best = new PriorityQueue<>(Comparator.comparing(LinePosition::of, order.reversed()));
  }

  /** Text that was read. */
  long bytes() {
    return budget.bytes();
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
    Prefetch batch = prefetch(segments);
    boolean first = true;
    while (batch.isWanted(this::isDone)) {
      List<List<SegmentPart>> opened = batch.parts();
      // A page mostly ends within its first segments: nothing is opened beside them.
      Prefetch following = first ? null : prefetch(segments).begin(executor);
      if (!scan(batch.infos(), opened)) {
        return;
      }
      batch = following == null ? prefetch(segments) : following;
      first = false;
    }
    SegmentInfo left = segments.peek();
    if (left != null && !isDone(left)) {
      endBefore(bound(left));
      return;
    }
    lines = sorted();
    if (lines.size() > limit) {
      lines = lines.subList(0, limit);
      next = LinePosition.of(lines.get(limit - 1));
    }
  }

  /** Scans segments, as far as they may have better lines; false when the search ended there. */
  private boolean scan(List<SegmentInfo> batch, List<List<SegmentPart>> opened) {
    for (int i = 0; i < batch.size() && !isDone(batch.get(i)); i++) {
      boolean mayEnd = isPastPosition(batch.get(i));
      if (mayEnd && budget.spent() || !scan(opened.get(i), mayEnd)) {
        endBefore(bound(batch.get(i)));
        return false;
      }
    }
    return true;
  }

  private Prefetch prefetch(SegmentsByTime segments) {
    return new Prefetch(reads, scope, take(segments));
  }

  /** The next segments that may have better lines; none at the end and when time ran out. */
  private List<SegmentInfo> take(SegmentsByTime segments) {
    SegmentInfo info;
    while (!gathering.isFull() && (info = segments.peek()) != null && !isDone(info)) {
      LogStream stream = streams.get(info.streamId());
      if (stream != null && info.endLine() > stream.firstLine() && matcher.mayMatch(info)) {
        gathering.add(info);
      } else if (isPastPosition(info) && budget.spent()) {
        break;
      } else {
        budget.skipped();
      }
      segments.poll();
    }
    return gathering.take();
  }

  /** The best time that a line of a segment may have. */
  private long bound(SegmentInfo info) {
    return descending ? info.maxTime() : info.minTime();
  }

  /** Whether neither this segment nor any behind it can make the page better. */
  private boolean isDone(SegmentInfo info) {
    LogLine worst = best.peek();
    return worst != null && best.size() > limit && isWorse(bound(info), worst.time());
  }

  private boolean isWorse(long time, long than) {
    return descending ? time < than : time > than;
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

  /** Segments on both sides of the position are always read: a page without them gets nowhere. */
  private boolean isPastPosition(SegmentInfo info) {
    return position == null || isWorse(bound(info), position.time());
  }

  /** Takes the lines of a segment into account; false when the time ran out. */
  private boolean scan(List<SegmentPart> parts, boolean mayEnd) {
    if (!mayEnd && budget.exceeded()) {
      throw ProblemException.field(
          "stream", "Too many lines of one time can't be merged: name the stream that is meant.");
    }
    for (SegmentPart part : parts) {
      LogStream stream = streams.get(part.info().streamId());
      long first = stream == null ? part.firstLine() : stream.firstLine();
      int from = (int) Math.max(part.from(), first - part.info().firstLine());
      boolean mayGiveUp = mayEnd && budget.advanced();
      long deadline = mayGiveUp ? budget.deadline() : budget.lastDeadline();
      BitSet found = matcher.match(part.segment(), from, part.to(), deadline);
      if (found == null && mayGiveUp) {
        return false;
      }
      if (found == null) {
        throw StreamSearch.tooSlow();
      }
      budget.scanned(Math.max(1, part.info().rawBytes()));
      offer(part, found);
    }
    return true;
  }

  /** Begins where the better lines are likely: the others then need no look. */
  private void offer(SegmentPart part, BitSet found) {
    if (descending) {
      for (int i = found.length() - 1; i >= 0; i = found.previousSetBit(i - 1)) {
        offer(part, i);
      }
    } else {
      for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
        offer(part, i);
      }
    }
  }

  private void offer(SegmentPart part, int index) {
    SegmentInfo info = part.info();
    long time = part.segment().times()[index];
    LogLine worst = best.peek();
    boolean full = worst != null && best.size() > limit;
    if (full && isWorse(time, worst.time())) {
      return;
    }
    LinePosition at = new LinePosition(time, info.streamId(), info.firstLine() + index);
    if (position != null && order.compare(at, position) <= 0) {
      return;
    }
    if (full && order.compare(at, LinePosition.of(worst)) > 0) {
      return;
    }
    LogLine line = SegmentLines.line(info, part.segment(), index);
    best.add(line);
    bestChars += LogSearch.sizeOf(line);
    while (best.size() > limit + 1) {
      bestChars -= LogSearch.sizeOf(best.remove());
    }
    while (bestChars > chars && best.size() > 2) {
      bestChars -= LogSearch.sizeOf(best.remove());
      limit = best.size() - 1;
    }
  }
}
