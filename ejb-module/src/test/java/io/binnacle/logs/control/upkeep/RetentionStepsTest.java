package io.binnacle.logs.control.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.control.upkeep.RetentionSteps.Due;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.logs.store.StreamSize;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the embedded database: what the rules of a project take away, and what they leave. */
class RetentionStepsTest {
  private static final long DAY = TimeUnit.DAYS.toNanos(1);
  private static final long NOW = 20_000 * DAY;

  private final RetentionSteps steps = new RetentionSteps();
  private H2Database database;
  private LogSegments segments;
  private long segmentBytes;
  private long receivedAt = NOW;

  @BeforeEach
  void openDatabase() {
    database = H2Database.create();
    steps.streams = new LogStreams(database.dataSource());
    steps.upkeep = new SegmentUpkeep(database.dataSource());
    segments = TestLogs.store(database.dataSource());
    steps.commits = new LogCommits(database.dataSource());
    steps.refusals = new Refusals(database.dataSource());
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void withoutRulesNothingIsDue() {
    stream(1, 100, 50, 1);

    assertEquals(new Due(new TreeMap<>(), false), due(project(null, null, null)));
    assertEquals(
        new Due(new TreeMap<>(), false), steps.dueInProject(project(null, null, null), NOW));
  }

  @Test
  void segmentsWhoseNewestLineIsTooOldAreDue() {
    stream(1, 100, 50, 1);
    stream(2, 3, 2, 1);

    assertEquals(through(Map.of(1L, 20L)), due(project(30, null, null)).through());
  }

  @Test
  void aLineOfTheFutureIsAsOldAsItsReceipt() {
    receivedAt = NOW - 50 * DAY;
    stream(1, -30_000, 1);
    receivedAt = NOW - DAY;
    stream(2, -30_000, 100);

    assertEquals(through(Map.of(1L, 10L)), due(project(30, null, null)).through());
    assertEquals(
        through(Map.of(1L, 10L)),
        steps.dueInProject(project(null, 3 * segmentBytes, null), NOW).through());
  }

  @Test
  void whatThePurgeMarkCutsExpiresToo() {
    LogStream stream = stream(1, 100);
    database.run(() -> steps.purge(stream.id(), 5, NOW));

    assertEquals(through(Map.of(1L, 10L)), due(project(30, null, null)).through());
    assertEquals(
        through(Map.of(1L, 10L)), steps.dueInProject(project(null, 0L, null), NOW).through());
    database.run(() -> steps.purge(stream.id(), 10, NOW));
    assertEquals(0, steps.streams.sizes(TestLogs.PROJECT, NOW).get(0).payloadBytes());
  }

  @Test
  void theOldestSegmentsOfAStreamThatIsTooLargeAreDue() {
    stream(1, 3, 2, 1);
    stream(2, 1);

    Due due = due(project(null, null, 2 * segmentBytes));

    assertEquals(through(Map.of(1L, 10L)), due.through());
  }

  @Test
  void theOldestSegmentsOfAProjectThatIsTooLargeAreDueWhereverTheyAre() {
    stream(1, 9, 2);
    stream(2, 8, 1);

    Due due = steps.dueInProject(project(null, 2 * segmentBytes, null), NOW);

    assertEquals(through(Map.of(1L, 10L, 2L, 10L)), due.through());
  }

  @Test
  void ofManyStreamsTheOldestSegmentsGoFirstEachStreamFromItsBeginning() {
    stream(1, 5, 9, 1);
    stream(2, 8, 7, 6);

    Due due = steps.dueInProject(project(null, 3 * segmentBytes, null), NOW);

    assertEquals(through(Map.of(2L, 30L)), due.through());
  }

  @Test
  void aProjectThatIsOnlyEmptiedIsNotAskedForMore() {
    stream(1, 5);

    Due due = steps.dueInProject(project(null, 0L, null), NOW);

    assertEquals(new Due(through(Map.of(1L, 10L)), false), due);
  }

  @Test
  void whatIsPurgedIsCountedOnceAndLeavesAGap() {
    LogStream stream = stream(1, 3, 2, 1);

    database.run(() -> steps.purge(stream.id(), 10, NOW));
    database.run(() -> steps.purge(stream.id(), 10, NOW));
    database.run(() -> steps.purge(999, 10, NOW));

    StreamSize left = steps.streams.sizes(TestLogs.PROJECT, NOW).get(0);
    assertEquals(10, left.purgedThrough());
    assertEquals(2 * segmentBytes, left.payloadBytes());
    assertEquals(
        List.of(10L),
        steps.refusals.newest(Optional.empty(), 10).stream()
            .map(one -> one.refusal().total())
            .toList());
  }

  private Due due(ProjectSummary project) {
    return steps.dueInStreams(project, NOW);
  }

  private static SortedMap<Long, Long> through(Map<Long, Long> streams) {
    return new TreeMap<>(streams);
  }

  private static ProjectSummary project(
      @Nullable Integer days, @Nullable Long bytes, @Nullable Long streamBytes) {
    return new ProjectSummary(
        Long.toString(TestLogs.PROJECT),
        1,
        "p",
        "P",
        "",
        days,
        bytes,
        streamBytes,
        Instant.EPOCH,
        1);
  }

  /** A stream with a segment of ten lines for each age in days, oldest first. */
  private LogStream stream(long id, int... ages) {
    LogStream stream = TestLogs.stream(id, new LogOwner(OwnerKind.RUN, 100 + id), "main");
    database.run(() -> steps.streams.create(stream, StreamDescription.NONE));
    List<NewSegment> all = new ArrayList<>();
    for (int i = 0; i < ages.length; i++) {
      NewSegment made = segment(stream, 1 + 10L * i, NOW - ages[i] * DAY);
      segmentBytes = made.encoded().payload().length;
      all.add(made);
    }
    database.run(() -> segments.insertHot(all, receivedAt));
    database.run(() -> steps.streams.advance(Map.of(id, 1 + 10L * ages.length), all));
    return stream;
  }

  private static NewSegment segment(LogStream stream, long first, long time) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < 10; i++) {
      TestLogs.add(lines, time, "a line");
    }
    return TestLogs.segment(stream, first, (int) (time / TimeUnit.HOURS.toNanos(1)), lines);
  }
}
