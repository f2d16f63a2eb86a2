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
 * newest line, or rising by their oldest. They are read bucket by bucket, no further than needed;
 * the wide ones, which may hold any time, take part from the beginning.
 */
abstract class SegmentsByTime {
  static final long HOUR_NANOS = 3_600_000_000_000L;

  private static final int PAGE = 128;

  final SegmentReads reads;
  final ProjectScope scope;
  final LogOwner owner;
  final int fromBucket;
  final int toBucket;
  final PriorityQueue<SegmentInfo> ready;

  private SegmentsByTime(
      SegmentReads reads,
      ProjectScope scope,
      LogOwner owner,
      Comparator<SegmentInfo> order,
      int fromBucket,
      int toBucket) {
    this.reads = reads;
    this.scope = scope;
    this.owner = owner;
    this.fromBucket = fromBucket;
    this.toBucket = toBucket;
    this.ready = new PriorityQueue<>(order);
    ready.addAll(reads.inBucket(scope, owner, SegmentInfo.WIDE));
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
    int fromBucket = bucket(first);
    int toBucket = Math.min(bucket(last), SegmentInfo.WIDE - 1);
    return descending
        ? new Falling(reads, scope, owner, fromBucket, toBucket)
        : new Rising(reads, scope, owner, fromBucket, toBucket);
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
    private @Nullable SegmentInfo lastRead;
    private boolean exhausted;

    Falling(SegmentReads reads, ProjectScope scope, LogOwner owner, int fromBucket, int toBucket) {
      super(
          reads,
          scope,
          owner,
          Comparator.comparingLong(SegmentInfo::maxTime).reversed(),
          fromBucket,
          toBucket);
    }

    @Override
    void load() {
      while (!exhausted && mayBeBehind()) {
        var page = reads.newest(scope, owner, fromBucket, toBucket, lastRead, PAGE);
        ready.addAll(page);
        exhausted = page.size() < PAGE;
        if (!page.isEmpty()) {
          lastRead = page.get(page.size() - 1);
        }
      }
    }

    /** The unread ones are all older than the last one read. */
    private boolean mayBeBehind() {
      SegmentInfo head = ready.peek();
      return head == null || lastRead == null || head.maxTime() <= lastRead.maxTime();
    }
  }

  private static final class Rising extends SegmentsByTime {
    private final Deque<Integer> buckets;

    Rising(SegmentReads reads, ProjectScope scope, LogOwner owner, int fromBucket, int toBucket) {
      super(
          reads,
          scope,
          owner,
          Comparator.comparingLong(SegmentInfo::minTime),
          fromBucket,
          toBucket);
      this.buckets = new ArrayDeque<>(reads.buckets(scope, owner, fromBucket));
    }

    @Override
    void load() {
      while (!buckets.isEmpty() && mayBeBehind(buckets.peek())) {
        int bucket = buckets.poll();
        if (bucket <= toBucket) {
          ready.addAll(reads.inBucket(scope, owner, bucket));
        }
      }
    }

    private boolean mayBeBehind(int bucket) {
      SegmentInfo head = ready.peek();
      return head == null || head.minTime() >= bucket * HOUR_NANOS;
    }
  }
}
