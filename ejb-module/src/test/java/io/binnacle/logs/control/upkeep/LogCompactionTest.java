package io.binnacle.logs.control.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.ingest.LogIngestion;
import io.binnacle.logs.control.ingest.SegmentCutting;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.upkeep.CompactionSteps.Settled;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.OpenedSegment;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.testing.TestLogs;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogCompactionTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final int THIS_HOUR = 489_920;
  private static final int LAST_HOUR = THIS_HOUR - 1;
  private static final long NOW = THIS_HOUR * HOUR + HOUR / 2;
  private static final LogStream STREAM =
      TestLogs.stream(1, new LogOwner(OwnerKind.RUN, 100), "main");

  /** Held, so that its level is not forgotten: these tests know what is damaged. */
  private static final Logger LOG = Logger.getLogger(LogCompaction.class.getName());

  private final Steps steps = new Steps();
  private final LogCompaction compaction = new LogCompaction();

  /** Finds what a test put there, and keeps what was settled. */
  private static final class Steps extends CompactionSteps {
    private final Map<SegmentState, Found> found = new EnumMap<>(SegmentState.class);
    private final Map<SegmentState, Long> askedBefore = new EnumMap<>(SegmentState.class);
    private final List<Settled> settled = new ArrayList<>();
    private RuntimeException failure = new IllegalStateException();

    /** The first lines of segments that can't be exchanged. */
    private Set<Long> failing = Set.of();

    @Override
    Found find(SegmentState state, long createdBefore) {
      askedBefore.put(state, createdBefore);
      return found.getOrDefault(state, Found.NOTHING);
    }

    @Override
    void settle(List<Settled> all, long now) {
      if (all.stream().anyMatch(this::fails)) {
        throw failure;
      }
      settled.addAll(all);
    }

    private boolean fails(Settled one) {
      return !one.merged().isEmpty() && failing.contains(one.sources().get(0).firstLine());
    }
  }

  @BeforeEach
  void startAt() {
    LOG.setLevel(Level.OFF);
    compaction.steps = steps;
    compaction.cutting = new SegmentCutting();
    compaction.ingestion = new LogIngestion();
    compaction.search = new LogSearch();
    compaction.clock = Clock.fixed(Instant.EPOCH.plusNanos(NOW), ZoneOffset.UTC);
    compaction.compactAfterSeconds = 60;
  }

  @Test
  void nothingIsDoneWhereNothingWaits() {
    assertFalse(compaction.step());
    assertEquals(List.of(), steps.settled);
  }

  @Test
  void newSegmentsWaitForAMinuteAndMergedOnesForAnHour() {
    compaction.step();

    assertEquals(
        Map.of(SegmentState.HOT, NOW - 60 * SECOND, SegmentState.WARM, NOW - HOUR),
        steps.askedBefore);
  }

  @Test
  void smallNeighboursBecomeOneSegmentThatIsMergedOnceMore() {
    find(SegmentState.HOT, small(1, 3, LAST_HOUR), small(4, 2, LAST_HOUR), small(6, 1, LAST_HOUR));

    assertTrue(compaction.step());

    Settled.Merged merged = onlyMerged();
    assertEquals(1, merged.firstLine());
    assertEquals(SegmentState.WARM, merged.state());
    assertEquals(
        List.of("line 1", "line 2", "line 3", "line 4", "line 5", "line 6"),
        messages(merged.encoded()));
  }

  @Test
  void whatWasMergedTwiceIsDoneHoweverSmallItIs() {
    find(SegmentState.WARM, small(1, 3, LAST_HOUR), small(4, 2, LAST_HOUR));

    compaction.step();

    assertEquals(SegmentState.COMPACT, onlyMerged().state());
  }

  @Test
  void whatIsLargeAfterItsFirstMergeIsDone() {
    find(SegmentState.HOT, large(1, LAST_HOUR, 3), large(2, LAST_HOUR, 3));

    compaction.step();

    assertEquals(SegmentState.COMPACT, onlyMerged().state());
  }

  @Test
  void aSegmentAloneStaysAndGetsASecondChanceWhileItIsSmall() {
    find(SegmentState.HOT, small(1, 3, LAST_HOUR));
    compaction.step();
    find(SegmentState.HOT, large(1, LAST_HOUR, 1));
    compaction.step();
    find(SegmentState.HOT);
    find(SegmentState.WARM, small(1, 3, LAST_HOUR));
    compaction.step();

    assertEquals(List.of(), steps.settled.stream().flatMap(s -> s.merged().stream()).toList());
    assertEquals(
        List.of(SegmentState.WARM, SegmentState.COMPACT, SegmentState.COMPACT),
        steps.settled.stream().map(Settled::state).toList());
  }

  @Test
  void segmentsOfTwoHoursAreNotMerged() {
    find(
        SegmentState.HOT,
        small(1, 1, LAST_HOUR - 1),
        small(2, 1, LAST_HOUR - 1),
        small(3, 1, LAST_HOUR),
        small(4, 1, LAST_HOUR));

    compaction.step();

    assertEquals(List.of(List.of(1L, 2L), List.of(3L, 4L)), sources());
  }

  @Test
  void segmentsWithAGapBetweenThemAreNotMerged() {
    find(SegmentState.HOT, small(1, 3, LAST_HOUR), small(9, 3, LAST_HOUR));

    compaction.step();

    assertEquals(List.of(List.of(1L), List.of(9L)), sources());
  }

  @Test
  void noMoreIsMergedThanASegmentMayHold() {
    find(
        SegmentState.HOT,
        large(1, LAST_HOUR, 2),
        large(2, LAST_HOUR, 2),
        large(3, LAST_HOUR, 2),
        small(4, 1, LAST_HOUR));

    compaction.step();

    assertEquals(List.of(List.of(1L, 2L), List.of(3L, 4L)), sources());
  }

  @Test
  void noMoreLinesAreMergedThanASegmentMayHold() {
    int third = SegmentEncoder.MAX_LINES / 3;
    find(
        SegmentState.HOT,
        empty(1, third, LAST_HOUR),
        empty(1 + third, third, LAST_HOUR),
        empty(1 + 2 * third, third, LAST_HOUR),
        empty(1 + 3 * third, third, LAST_HOUR));

    compaction.step();

    assertEquals(
        List.of(List.of(1L, 1L + third, 1L + 2 * third), List.of(1L + 3 * third)), sources());
    assertEquals(SegmentState.COMPACT, steps.settled.get(0).merged().get(0).state());
  }

  @Test
  void whatCanNotBeExchangedStaysAsItIsAndHoldsUpNothing() {
    steps.failing = Set.of(3L);
    find(
        SegmentState.HOT,
        small(1, 1, LAST_HOUR - 1),
        small(2, 1, LAST_HOUR - 1),
        small(3, 1, LAST_HOUR),
        small(4, 1, LAST_HOUR));

    assertTrue(compaction.step());

    assertEquals(List.of(List.of(1L, 2L), List.of(3L, 4L)), sources());
    assertEquals(1, steps.settled.get(0).merged().size());
    assertEquals(
        Settled.as(SegmentState.COMPACT, steps.settled.get(1).sources()), steps.settled.get(1));
  }

  @Test
  void whatTheDatabaseCanNotTakeNowIsMergedLater() {
    steps.failing = Set.of(1L);
    steps.failure = new IllegalStateException(new SQLTransientConnectionException("away"));
    find(SegmentState.HOT, small(1, 1, LAST_HOUR), small(2, 1, LAST_HOUR));

    assertThrows(IllegalStateException.class, compaction::step);

    assertEquals(List.of(), steps.settled);
  }

  @Test
  void theLastOnesWaitWhenTheirNeighboursAreStillToCome() {
    findSome(
        SegmentState.HOT,
        small(1, 1, LAST_HOUR - 1),
        small(2, 1, LAST_HOUR - 1),
        small(3, 1, LAST_HOUR));

    compaction.step();

    assertEquals(List.of(List.of(1L, 2L)), sources());
  }

  @Test
  void theOnlyOnesAreMergedEvenWhenMoreIsToCome() {
    findSome(SegmentState.HOT, small(1, 1, LAST_HOUR), small(2, 1, LAST_HOUR));

    compaction.step();

    assertEquals(List.of(List.of(1L, 2L)), sources());
  }

  @Test
  void whatWasMergedInThisHourWaitsForItsEnd() {
    find(
        SegmentState.WARM,
        small(1, 1, LAST_HOUR),
        small(2, 1, LAST_HOUR),
        small(3, 1, THIS_HOUR),
        small(4, 1, THIS_HOUR));

    compaction.step();

    assertEquals(List.of(List.of(1L, 2L)), sources());
  }

  @Test
  void damagedSegmentsStayAsTheyAreWithTheirNeighbours() {
    SegmentInfo info = small(4, 2, LAST_HOUR).info();
    OpenedSegment damaged = new OpenedSegment(info, null, new CorruptSegmentException("bits fell"));
    OpenedSegment gone = new OpenedSegment(small(6, 1, LAST_HOUR).info(), null, null);
    find(SegmentState.HOT, small(1, 3, LAST_HOUR), damaged, gone);

    assertTrue(compaction.step());

    assertEquals(List.of(List.of(1L, 4L, 6L)), sources());
    assertEquals(SegmentState.COMPACT, steps.settled.get(0).state());
    assertEquals(List.of(), steps.settled.get(0).merged());
  }

  @Test
  void segmentsThatHoldFewerLinesThanNotedStayAsTheyAre() {
    OpenedSegment two = small(2, 2, LAST_HOUR);
    OpenedSegment lying = new OpenedSegment(two.info(), small(2, 1, LAST_HOUR).segment(), null);
    find(SegmentState.HOT, small(1, 1, LAST_HOUR), lying);

    compaction.step();

    assertEquals(List.of(), steps.settled.get(0).merged());
  }

  private void find(SegmentState state, OpenedSegment... run) {
    steps.found.put(state, new CompactionSteps.Found(List.of(run), false, 0));
  }

  private void findSome(SegmentState state, OpenedSegment... run) {
    steps.found.put(state, new CompactionSteps.Found(List.of(run), true, 0));
  }

  private Settled.Merged onlyMerged() {
    assertEquals(1, steps.settled.size());
    assertEquals(1, steps.settled.get(0).merged().size());
    return steps.settled.get(0).merged().get(0);
  }

  private List<List<Long>> sources() {
    return steps.settled.stream()
        .map(settled -> settled.sources().stream().map(SegmentInfo::firstLine).toList())
        .toList();
  }

  private static List<String> messages(EncodedSegment encoded) {
    Segment segment = Segment.open(encoded.payload(), encoded.checksum());
    return IntStream.range(0, segment.lines()).mapToObj(segment::message).toList();
  }

  private static OpenedSegment small(long firstLine, int count, int bucket) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < count; i++) {
      TestLogs.add(lines, bucket * HOUR + i, "line " + (firstLine + i));
    }
    return opened(firstLine, bucket, lines);
  }

  private static OpenedSegment empty(long firstLine, int count, int bucket) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < count; i++) {
      TestLogs.add(lines, bucket * HOUR + i, "");
    }
    return opened(firstLine, bucket, lines);
  }

  /** A line that takes a part of what a segment may hold: 2 is a half, 3 a third. */
  private static OpenedSegment large(long firstLine, int bucket, int part) {
    LineBuffer lines = new LineBuffer();
    TestLogs.add(lines, bucket * HOUR, "x".repeat(SegmentEncoder.MAX_RAW_BYTES / part));
    return opened(firstLine, bucket, lines);
  }

  private static OpenedSegment opened(long firstLine, int bucket, LineBuffer lines) {
    NewSegment made = TestLogs.segment(STREAM, firstLine, bucket, lines);
    Segment segment = Segment.open(made.encoded().payload(), made.encoded().checksum());
    return new OpenedSegment(TestLogs.info(made), segment, null);
  }
}
