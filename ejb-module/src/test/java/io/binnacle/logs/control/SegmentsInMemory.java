package io.binnacle.logs.control;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The segments of one log without a database; it notes which of them were opened. */
final class SegmentsInMemory extends SegmentReads {
  private static final Comparator<SegmentInfo> NEWEST_FIRST =
      Comparator.comparingInt(SegmentInfo::bucket)
          .thenComparingLong(SegmentInfo::maxTime)
          .reversed()
          .thenComparingLong(SegmentInfo::streamId)
          .thenComparingLong(SegmentInfo::firstLine);

  private final Map<SegmentInfo, Segment> all = new LinkedHashMap<>();
  private final Map<Long, LogStream> streams = new LinkedHashMap<>();
  private final List<SegmentInfo> opened = new ArrayList<>();
  private boolean failing;
  private long slowness;

  /** A search of these segments on the thread that asks, which looks at one page for so long. */
  LogSearch search(long millis) {
    LogSearch search = new LogSearch();
    search.reads = this;
    search.executor = Runnable::run;
    search.searchMillis = millis;
    search.searchBytes = Long.MAX_VALUE;
    return search;
  }

  /** Keeps lines as one segment of a stream. */
  void keep(LogStream stream, long firstLine, int bucket, LineBuffer lines) {
    NewSegment made = TestLogs.segment(stream, firstLine, bucket, lines);
    SegmentInfo info = TestLogs.info(made);
    streams.put(stream.id(), grown(stream, info.endLine()));
    all.put(info, Segment.open(made.encoded().payload(), info.checksum()));
  }

  /** Lets the next look for lines of a stream fail, as when the database is away. */
  void failOnce() {
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
        stream.labels(),
        null,
        null,
        null,
        nextLine,
        stream.purgedThrough(),
        stream.createdAt(),
        false);
  }

  /** Forgets all of them. */
  void clear() {
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
      ProjectScope scope,
      LogOwner owner,
      int fromBucket,
      int toBucket,
      long through,
      @Nullable SegmentInfo after,
      int limit) {
    return infos()
        .filter(info -> info.bucket() >= fromBucket && info.bucket() <= toBucket)
        .filter(info -> info.minTime() <= through)
        .sorted(NEWEST_FIRST)
        .filter(info -> after == null || NEWEST_FIRST.compare(info, after) > 0)
        .limit(limit)
        .toList();
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
  public List<SegmentInfo> inBucket(ProjectScope scope, LogOwner owner, int bucket, long from) {
    return infos().filter(info -> info.bucket() == bucket && info.maxTime() >= from).toList();
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
    return infos.stream().map(info -> List.of(SegmentPart.all(info, all.get(info)))).toList();
  }

  private Stream<SegmentInfo> infos() {
    return all.keySet().stream();
  }
}
