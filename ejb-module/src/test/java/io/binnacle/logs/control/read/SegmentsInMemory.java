package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentRange;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The segments of one log without a database; it notes which of them were opened. */
public final class SegmentsInMemory extends SegmentReads {
  private static final Comparator<SegmentInfo> NEWEST_FIRST =
      Comparator.comparingInt(SegmentInfo::bucket)
          .thenComparingLong(SegmentInfo::maxTime)
          .reversed()
          .thenComparingLong(SegmentInfo::streamId)
          .thenComparingLong(SegmentInfo::firstLine);

  private static final Comparator<SegmentInfo> OLDEST_FIRST =
      Comparator.comparingLong(SegmentInfo::minTime)
          .thenComparingLong(SegmentInfo::streamId)
          .thenComparingLong(SegmentInfo::firstLine);

  private final Map<SegmentInfo, Segment> all = new LinkedHashMap<>();
  private final Map<Long, LogStream> streams = new LinkedHashMap<>();
  private final List<SegmentInfo> opened = new ArrayList<>();
  private boolean failing;
  private long slowness;
  private int listed;
  private Runnable afterListing = () -> {};

  /** A search of these segments on the thread that asks, which looks at one page for so long. */
  public LogSearch search(long millis) {
    LogSearch search = new LogSearch();
    search.reads = this;
    search.executor = Runnable::run;
    search.searchMillis = millis;
    search.searchBytes = Long.MAX_VALUE;
    return search;
  }

  /** Keeps lines as one segment of a stream. */
  public void keep(LogStream stream, long firstLine, int bucket, LineBuffer lines) {
    NewSegment made = TestLogs.segment(stream, firstLine, bucket, lines);
    SegmentInfo info = TestLogs.info(made);
    streams.put(stream.id(), grown(stream, info.endLine()));
    all.put(info, Segment.open(made.encoded().payload(), info.checksum()));
  }

  /** Lets the next look for lines of a stream fail, as when the database is away. */
  public void failOnce() {
    failing = true;
  }

  /** Lets every opening take so long, as when the database is busy. */
  void slow(long nanos) {
    slowness = nanos;
  }

  private static LogStream grown(LogStream stream, long nextLine) {
    return new LogStream(
        stream.id(),
        stream.projectId(),
        stream.owner(),
        stream.name(),
        nextLine,
        stream.purgedThrough(),
        stream.createdAt(),
        false);
  }

  /** Does something after the next page of metadata, as another thread may do. */
  void afterListing(Runnable once) {
    afterListing = once;
  }

  /** How many segments were listed in the order of time. */
  int listed() {
    return listed;
  }

  /** Puts one segment in the place of those of a stream that hold its lines, as compaction does. */
  void replace(LogStream stream, long firstLine, int bucket, LineBuffer lines) {
    long end = firstLine + lines.lines();
    all.keySet()
        .removeIf(
            info ->
                info.streamId() == stream.id()
                    && info.firstLine() >= firstLine
                    && info.endLine() <= end);
    NewSegment made = TestLogs.segment(stream, firstLine, bucket, lines);
    SegmentInfo info = TestLogs.info(made);
    all.put(info, Segment.open(made.encoded().payload(), info.checksum()));
  }

  /** Forgets all of them. */
  public void clear() {
    all.clear();
    streams.clear();
    opened.clear();
  }

  /** How many segments were opened. */
  int opened() {
    return opened.size();
  }

  @Override
  public List<SegmentInfo> newest(
      ProjectScope scope, SegmentRange range, @Nullable SegmentInfo after, int limit) {
    List<SegmentInfo> page =
        infos()
            .filter(
                info -> info.bucket() >= range.fromBucket() && info.bucket() <= range.toBucket())
            .filter(info -> info.minTime() <= range.last())
            .sorted(NEWEST_FIRST)
            .filter(info -> after == null || NEWEST_FIRST.compare(info, after) > 0)
            .limit(limit)
            .toList();
    listed(page);
    return page;
  }

  @Override
  public void each(ProjectScope scope, LogOwner owner, Consumer<SegmentInfo> receiver) {
    infos().forEach(receiver);
  }

  @Override
  public List<LogStream> streams(ProjectScope scope, LogOwner owner) {
    return List.copyOf(streams.values());
  }

  @Override
  public List<SegmentInfo> from(ProjectScope scope, long streamId, long line, int limit) {
    return infos()
        .filter(info -> info.streamId() == streamId && info.endLine() > line)
        .sorted(Comparator.comparingLong(SegmentInfo::firstLine))
        .limit(limit)
        .toList();
  }

  @Override
  public List<SegmentInfo> before(ProjectScope scope, long streamId, long line, int limit) {
    if (failing) {
      failing = false;
      throw new IllegalStateException("away");
    }
    return infos()
        .filter(info -> info.streamId() == streamId && info.firstLine() < line)
        .sorted(Comparator.comparingLong(SegmentInfo::firstLine).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public List<SegmentInfo> oldest(
      ProjectScope scope, SegmentRange range, @Nullable SegmentInfo after, int limit) {
    List<SegmentInfo> page =
        infos()
            .filter(info -> info.bucket() == range.fromBucket())
            .filter(info -> info.maxTime() >= range.first() && info.minTime() <= range.last())
            .sorted(OLDEST_FIRST)
            .filter(info -> after == null || OLDEST_FIRST.compare(info, after) > 0)
            .limit(limit)
            .toList();
    listed(page);
    return page;
  }

  @Override
  public void newestThrough(
      ProjectScope scope, SegmentRange range, SegmentInfo through, Consumer<SegmentInfo> visitor) {
    infos()
        .filter(info -> info.bucket() <= range.toBucket() && info.minTime() <= range.last())
        .filter(info -> NEWEST_FIRST.compare(info, through) <= 0)
        .forEach(visitor);
  }

  @Override
  public void oldestThrough(
      ProjectScope scope, SegmentRange range, SegmentInfo through, Consumer<SegmentInfo> visitor) {
    infos()
        .filter(info -> info.bucket() == through.bucket())
        .filter(info -> info.maxTime() >= range.first() && info.minTime() <= range.last())
        .filter(info -> OLDEST_FIRST.compare(info, through) <= 0)
        .forEach(visitor);
  }

  private void listed(List<SegmentInfo> page) {
    listed += page.size();
    Runnable next = afterListing;
    afterListing = () -> {};
    next.run();
  }

  @Override
  public List<Integer> buckets(ProjectScope scope, LogOwner owner, int from) {
    return infos()
        .map(SegmentInfo::bucket)
        .filter(bucket -> bucket >= from && bucket < SegmentInfo.WIDE)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public List<List<SegmentPart>> open(ProjectScope scope, List<SegmentInfo> infos) {
    opened.addAll(infos);
    long until = System.nanoTime() + slowness;
    while (until - System.nanoTime() > 0) {
      Thread.onSpinWait();
    }
    return infos.stream().map(this::parts).toList();
  }

  private List<SegmentPart> parts(SegmentInfo info) {
    Segment segment = all.get(info);
    if (segment != null) {
      return List.of(SegmentPart.all(info, segment));
    }
    return infos()
        .filter(other -> other.streamId() == info.streamId())
        .filter(other -> other.firstLine() < info.endLine() && other.endLine() > info.firstLine())
        .map(
            other ->
                new SegmentPart(
                    other,
                    Objects.requireNonNull(all.get(other)),
                    (int) Math.max(0, info.firstLine() - other.firstLine()),
                    (int) Math.min(other.lines(), info.endLine() - other.firstLine())))
        .toList();
  }

  private Stream<SegmentInfo> infos() {
    return all.keySet().stream();
  }
}
