package io.binnacle.logs.control;

import io.binnacle.logs.entity.Bucket;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.security.entity.ProjectScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The segments of an owner in the order in which a merged view must look at them: falling by their
 * newest line, or rising by their oldest. They are read page by page, no further than needed, and
 * without those that lie wholly beyond the wanted time.
 */
final class SegmentsByTime {

  private final PriorityQueue<SegmentInfo> ready;
  private final List<Listing> listings;

  private SegmentsByTime(Comparator<SegmentInfo> order, List<Listing> listings) {
    this.ready = new PriorityQueue<>(order);
    this.listings = listings;
  }

  /**
   * @param streams the streams of the owner; what is appended to them later is of no interest
   * @param position where the view goes on, or null to begin
   */
  static SegmentsByTime of(
      SegmentReads reads,
      ProjectScope scope,
      LogOwner owner,
      Map<Long, LogStream> streams,
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
    Range range = new Range(reads, scope, owner, streams, first, last);
    return descending ? falling(range) : rising(range);
  }

  private static SegmentsByTime falling(Range range) {
    return new SegmentsByTime(
        Comparator.comparingLong(SegmentInfo::maxTime).reversed(),
        List.of(
            new Falling(range, Bucket.of(range.first()), Bucket.of(range.last())),
            new Falling(range, SegmentInfo.WIDE, SegmentInfo.WIDE)));
  }

  private static SegmentsByTime rising(Range range) {
    List<Integer> hours =
        range.reads().buckets(range.scope(), range.owner(), Bucket.of(range.first())).stream()
            .filter(bucket -> bucket <= Bucket.of(range.last()))
            .toList();
    return new SegmentsByTime(
        Comparator.comparingLong(SegmentInfo::minTime),
        List.of(new Rising(range, hours), new Rising(range, List.of(SegmentInfo.WIDE))));
  }

  /** The next segment, or null at the end. */
  @Nullable SegmentInfo peek() {
    for (Listing listing : listings) {
      while (listing.mayPrecede(ready.peek())) {
        ready.addAll(listing.next());
      }
    }
    return ready.peek();
  }

  /** Takes the next segment away. */
  void poll() {
    ready.poll();
  }

  /**
   * Whether compaction hid lines from this reading: it replaced segments of a page that was read
   * and of one that was not by a larger one, whose place is in the page that was read.
   */
  boolean wereOvertaken() {
    return listings.stream().anyMatch(Listing::isOvertaken);
  }

  /** Whose segments are wanted, and between which times they must have lines. */
  private record Range(
      SegmentReads reads,
      ProjectScope scope,
      LogOwner owner,
      Map<Long, LogStream> streams,
      long first,
      long last) {

    /** Lines of a segment; none of one that was appended since the streams were read. */
    long lines(SegmentInfo info) {
      LogStream stream = streams.get(info.streamId());
      return stream != null && info.firstLine() < stream.nextLine() ? info.lines() : 0;
    }
  }

  /** Segments of some buckets, page by page. */
  private abstract static class Listing {
    final Range range;

    Listing(Range range) {
      this.range = range;
    }

    /** Whether there may be unread ones that come before another, or before the end. */
    abstract boolean mayPrecede(@Nullable SegmentInfo head);

    abstract List<SegmentInfo> next();

    abstract boolean isOvertaken();
  }

  /** How far pages were read that follow each other, and how many lines they have. */
  private static final class Pages {
    private final Range range;
    private final int size;
    private int count;
    private long lines;
    private @Nullable SegmentInfo last;

    Pages(Range range, int size) {
      this.range = range;
      this.size = size;
    }

    /** Takes note of a page; false when it is the last one. */
    boolean add(List<SegmentInfo> page) {
      count++;
      page.forEach(info -> lines += range.lines(info));
      last = page.isEmpty() ? last : page.get(page.size() - 1);
      return page.size() == size;
    }

    /** One page is read at one moment; compaction moves lines between several. */
    boolean areOvertaken(Questioning again) {
      SegmentInfo through = last;
      if (count < 2 || through == null) {
        return false;
      }
      long[] now = {0};
      again.ask(through, info -> now[0] += range.lines(info));
      return now[0] > lines;
    }
  }

  /** Asks for what is there now in the place of pages. */
  private interface Questioning {
    void ask(SegmentInfo through, Consumer<SegmentInfo> visitor);
  }

  /** The order of an index: pages are small, for mostly few segments are needed. */
  private static final class Falling extends Listing {
    private static final int PAGE = 128;

    private final int fromBucket;
    private final int toBucket;
    private final Pages pages;
    private boolean ended;

    Falling(Range range, int fromBucket, int toBucket) {
      super(range);
      this.fromBucket = fromBucket;
      this.toBucket = toBucket;
      this.pages = new Pages(range, PAGE);
    }

    @Override
    boolean mayPrecede(@Nullable SegmentInfo head) {
      SegmentInfo read = pages.last;
      return !ended && (head == null || read == null || read.maxTime() > head.maxTime());
    }

    @Override
    List<SegmentInfo> next() {
      List<SegmentInfo> page =
          range
              .reads()
              .newest(
                  range.scope(),
                  range.owner(),
                  fromBucket,
                  toBucket,
                  range.last(),
                  pages.last,
                  PAGE);
      ended = !pages.add(page) || page.get(page.size() - 1).maxTime() < range.first();
      return page;
    }

    @Override
    boolean isOvertaken() {
      return pages.areOvertaken(
          (through, visitor) ->
              range
                  .reads()
                  .newestThrough(
                      range.scope(), range.owner(), toBucket, range.last(), through, visitor));
    }
  }

  /** No index has this order, and each page reads its bucket: pages are large. */
  private static final class Rising extends Listing {
    private static final int PAGE = 4_096;

    private final Deque<Integer> buckets;
    private final List<Pages> read = new ArrayList<>();
    private Pages pages;

    Rising(Range range, Collection<Integer> buckets) {
      super(range);
      this.buckets = new ArrayDeque<>(buckets);
      this.pages = new Pages(range, PAGE);
    }

    @Override
    boolean mayPrecede(@Nullable SegmentInfo head) {
      return !buckets.isEmpty() && (head == null || begin(buckets.element()) < head.minTime());
    }

    /** When the unread ones of a bucket may begin. */
    private long begin(int bucket) {
      if (pages.last != null) {
        return pages.last.minTime();
      }
      return Bucket.begin(bucket);
    }

    @Override
    List<SegmentInfo> next() {
      List<SegmentInfo> page =
          range
              .reads()
              .oldest(
                  range.scope(),
                  range.owner(),
                  buckets.element(),
                  range.first(),
                  range.last(),
                  pages.last,
                  PAGE);
      if (!pages.add(page)) {
        buckets.remove();
        read.add(pages);
        pages = new Pages(range, PAGE);
      }
      return page;
    }

    @Override
    boolean isOvertaken() {
      return isOvertaken(pages) || read.stream().anyMatch(this::isOvertaken);
    }

    private boolean isOvertaken(Pages bucket) {
      return bucket.areOvertaken(
          (through, visitor) ->
              range
                  .reads()
                  .oldestThrough(
                      range.scope(), range.owner(), range.first(), range.last(), through, visitor));
    }
  }
}
