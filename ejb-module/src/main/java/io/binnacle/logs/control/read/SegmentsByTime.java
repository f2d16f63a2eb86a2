package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.Bucket;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentRange;
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
    SegmentRange range = new SegmentRange(owner, Bucket.of(first), Bucket.of(last), first, last);
    Source source = new Source(reads, scope, streams);
    return descending ? falling(source, range) : rising(source, range);
  }

  private static SegmentsByTime falling(Source source, SegmentRange range) {
    return new SegmentsByTime(
        Comparator.comparingLong(SegmentInfo::maxTime).reversed(),
        List.of(new Falling(source, range), new Falling(source, range.in(SegmentInfo.WIDE))));
  }

  private static SegmentsByTime rising(Source source, SegmentRange range) {
    List<Integer> hours =
        source.reads().buckets(source.scope(), range.owner(), range.fromBucket()).stream()
            .filter(bucket -> bucket <= range.toBucket())
            .toList();
    return new SegmentsByTime(
        Comparator.comparingLong(SegmentInfo::minTime),
        List.of(
            new Rising(source, range, hours),
            new Rising(source, range, List.of(SegmentInfo.WIDE))));
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

  /** Where metadata are read, and which streams matter. */
  private record Source(SegmentReads reads, ProjectScope scope, Map<Long, LogStream> streams) {

    /** Lines of a segment; none of one that was appended since the streams were read. */
    long lines(SegmentInfo info) {
      LogStream stream = streams.get(info.streamId());
      return stream != null && info.firstLine() < stream.nextLine() ? info.lines() : 0;
    }
  }

  /** Segments in an order, page by page. */
  private interface Listing {
    /** Whether there may be unread ones that come before another, or before the end. */
    boolean mayPrecede(@Nullable SegmentInfo head);

    List<SegmentInfo> next();

    boolean isOvertaken();
  }

  /** How far pages were read that follow each other, and how many lines they have. */
  private static final class Pages {
    private final Source source;
    private final int size;
    private int count;
    private long lines;
    private @Nullable SegmentInfo last;

    Pages(Source source, int size) {
      this.source = source;
      this.size = size;
    }

    /** Takes note of a page; false when it is the last one. */
    boolean add(List<SegmentInfo> page) {
      count++;
      page.forEach(info -> lines += source.lines(info));
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
      again.ask(through, info -> now[0] += source.lines(info));
      return now[0] > lines;
    }
  }

  /** Asks for what is there now in the place of pages. */
  private interface Questioning {
    void ask(SegmentInfo through, Consumer<SegmentInfo> visitor);
  }

  /** The order of an index: pages are small, for mostly few segments are needed. */
  private static final class Falling implements Listing {
    private static final int PAGE = 128;

    private final Source source;
    private final SegmentRange range;
    private final Pages pages;
    private boolean ended;

    Falling(Source source, SegmentRange range) {
      this.source = source;
      this.range = range;
      this.pages = new Pages(source, PAGE);
    }

    @Override
    public boolean mayPrecede(@Nullable SegmentInfo head) {
      SegmentInfo read = pages.last;
      return !ended && (head == null || read == null || read.maxTime() > head.maxTime());
    }

    @Override
    public List<SegmentInfo> next() {
      List<SegmentInfo> page = source.reads().newest(source.scope(), range, pages.last, PAGE);
      ended = !pages.add(page) || page.get(page.size() - 1).maxTime() < range.first();
      return page;
    }

    @Override
    public boolean isOvertaken() {
      return pages.areOvertaken(
          (through, visitor) ->
              source.reads().newestThrough(source.scope(), range, through, visitor));
    }
  }

  /** No index has this order, and each page reads its bucket: pages are large. */
  private static final class Rising implements Listing {
    private static final int PAGE = 4_096;

    private final Source source;
    private final SegmentRange range;
    private final Deque<Integer> buckets;
    private final List<Pages> read = new ArrayList<>();
    private Pages pages;

    Rising(Source source, SegmentRange range, Collection<Integer> buckets) {
      this.source = source;
      this.range = range;
      this.buckets = new ArrayDeque<>(buckets);
      this.pages = new Pages(source, PAGE);
    }

    @Override
    public boolean mayPrecede(@Nullable SegmentInfo head) {
      return !buckets.isEmpty() && (head == null || begin(buckets.element()) < head.minTime());
    }

    /** When the unread ones of a bucket may begin. */
    private long begin(int bucket) {
      return pages.last == null ? Bucket.begin(bucket) : pages.last.minTime();
    }

    @Override
    public List<SegmentInfo> next() {
      SegmentRange bucket = range.in(buckets.element());
      List<SegmentInfo> page = source.reads().oldest(source.scope(), bucket, pages.last, PAGE);
      if (!pages.add(page)) {
        buckets.remove();
        read.add(pages);
        pages = new Pages(source, PAGE);
      }
      return page;
    }

    @Override
    public boolean isOvertaken() {
      return isOvertaken(pages) || read.stream().anyMatch(this::isOvertaken);
    }

    private boolean isOvertaken(Pages bucket) {
      return bucket.areOvertaken(
          (through, visitor) ->
              source.reads().oldestThrough(source.scope(), range, through, visitor));
    }
  }
}
