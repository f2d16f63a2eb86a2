package io.binnacle.logs.store;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import io.binnacle.testing.TestLogs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the log stores; each has an owner of its own. */
abstract class LogStoreContract extends StoreContract {
  static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  static final ProjectScope OTHER = ProjectScope.granted(TestLogs.PROJECT + 1);
  static final long NOW = 1_763_712_000_123_456_789L;

  LogStreams streams;
  LogSegments segments;
  SegmentTimeline timeline;
  SegmentUpkeep upkeep;
  LogOwner owner;
  private long nextId = 1_000;

  @Override
  protected void prepare(TestDatabase empty) {
    streams = new LogStreams(empty.dataSource());
    segments = TestLogs.store(empty.dataSource());
    timeline = new SegmentTimeline(empty.dataSource());
    upkeep = new SegmentUpkeep(empty.dataSource());
  }

  @BeforeEach
  void nextOwner() {
    owner = new LogOwner(OwnerKind.RUN, nextId());
  }

  final long nextId() {
    return nextId++;
  }

  /** Makes a stream of the owner. */
  final LogStream stream(String name) {
    LogStream stream = TestLogs.stream(nextId(), owner, name);
    database().run(() -> streams.create(stream, StreamDescription.NONE));
    return stream;
  }

  /** Writes a segment into a stream. */
  final void append(LogStream stream, long first, int count, int bucket) {
    append(stream, first, count, bucket, bucket * 1_000L);
  }

  final void append(LogStream stream, long first, int count, int bucket, long time) {
    NewSegment made = segment(stream, first, count, bucket, time);
    database().run(() -> segments.insertHot(List.of(made), NOW));
  }

  static NewSegment segment(LogStream stream, long first, int count, int bucket, long time) {
    LineBuffer lines = new LineBuffer();
    IntStream.range(0, count).forEach(i -> TestLogs.add(lines, time + i, "line " + i));
    return TestLogs.segment(stream, first, bucket, lines);
  }

  final boolean hasGarbage(LogStream stream) {
    return streams.withGarbage(1_000).stream().anyMatch(found -> found.id() == stream.id());
  }

  static List<Long> firsts(List<SegmentInfo> found) {
    return found.stream().map(SegmentInfo::firstLine).toList();
  }
}
