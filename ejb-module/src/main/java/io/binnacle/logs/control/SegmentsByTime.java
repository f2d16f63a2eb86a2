package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.security.entity.ProjectScope;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The segments of an owner in the order in which a merged view must look at them: falling by their
 * newest line, or rising by their oldest. They are read page by page or bucket by bucket, no
 * further than needed, and without those that lie wholly beyond the wanted time.
 */
abstract class SegmentsByTime {
  static final long HOUR_NANOS = 3_600_000_000_000L;

  private static final int PAGE = 128;

  final PriorityQueue<SegmentInfo> ready;

  private SegmentsByTime(Comparator<SegmentInfo> order) {
    this.ready = new PriorityQueue<>(order);
  }

  /**
   * @param position where the view goes on, or null to begin
   */
  static SegmentsByTime of(
      SegmentReads reads,
      ProjectScope scope,
      LogOwner owner,
      LogFilter filter,
      boolean descending,
      @Nullable LinePosition position) {
    long first = filter.startTime() == null ? Long.MIN_VALUE : filter.startTime();
    long last = filter.endTime() == null ? Long.MAX_VALUE : filter.endTime();
    if (position != null && descending) {
      last = Math.min(last, position.time());
    } else if (position != null) {
      first = Math.max(first, position.time());
    }
    return descending
        ? new Falling(reads, scope, owner, first, last)
        : new Rising(reads, scope, owner, first, last);
  }

  /** The next segment, or null at the end. */
  @Nullable SegmentInfo peek() {
    load();
    return ready.peek();
  }

  /** Takes the next segment away. */
  void poll() {
    ready.poll();
  }

  /** Makes sure that nothing unread could come before the head. */
  abstract void load();

  private static int bucket(long time) {
    return (int) Math.floorDiv(time, HOUR_NANOS);
  }

  private static final class Falling extends SegmentsByTime {
    private final SegmentReads reads;
    private final ProjectScope scope;
    private final LogOwner owner;
    private final long first;
    private final long last;
    private final Source hours;
    private final Source wide = new Source(SegmentInfo.WIDE, SegmentInfo.WIDE);

    /** Buckets whose segments come in falling order of their newest line. */
    private static final class Source {
      private final int fromBucket;
      private final int toBucket;
      private @Nullable SegmentInfo lastRead;
      private boolean exhausted;

      Source(int fromBucket, int toBucket) {
        this.fromBucket = fromBucket;
        this.toBucket = toBucket;
      }
    }

    Falling(SegmentReads reads, ProjectScope scope, LogOwner owner, long first, long last) {
      super(Comparator.comparingLong(SegmentInfo::maxTime).reversed());
      this.reads = reads;
      this.scope = scope;
      this.owner = owner;
      this.first = first;
      this.last = last;
      this.hours = new Source(bucket(first), bucket(last));
    }

    @Override
    void load() {
      load(hours);
      load(wide);
    }

    private void load(Source source) {
      while (!source.exhausted && mayBeBehind(source)) {
        var page =
            reads.newest(
                scope, owner, source.fromBucket, source.toBucket, last, source.lastRead, PAGE);
        ready.addAll(page);
        source.exhausted = page.size() < PAGE;
        if (!page.isEmpty()) {
          source.lastRead = page.get(page.size() - 1);
          source.exhausted |= source.lastRead.maxTime() < first;
        }
      }
    }

    /** The unread ones are all older than the last one read. */
    private boolean mayBeBehind(Source source) {
      SegmentInfo head = ready.peek();
      SegmentInfo read = source.lastRead;
      return head == null || read == null || head.maxTime() <= read.maxTime();
    }
  }

  private static final class Rising extends SegmentsByTime {
    private final SegmentReads reads;
    private final ProjectScope scope;
    private final LogOwner owner;
    private final long first;
    private final long last;
    private final Deque<Integer> buckets;

    Rising(SegmentReads reads, ProjectScope scope, LogOwner owner, long first, long last) {
      super(Comparator.comparingLong(SegmentInfo::minTime));
      this.reads = reads;
      this.scope = scope;
      this.owner = owner;
      this.first = first;
      this.last = last;
      this.buckets = new ArrayDeque<>(reads.buckets(scope, owner, bucket(first)));
      ready.addAll(reads.inBucket(scope, owner, SegmentInfo.WIDE, first));
    }

    @Override
    void load() {
      while (!buckets.isEmpty() && mayBeBehind(buckets.peek())) {
        int bucket = buckets.poll();
        if (bucket <= bucket(last)) {
          ready.addAll(reads.inBucket(scope, owner, bucket, first));
        }
      }
    }

    private boolean mayBeBehind(int bucket) {
      SegmentInfo head = ready.peek();
      return head == null || head.minTime() >= bucket * HOUR_NANOS;
    }
  }
}
