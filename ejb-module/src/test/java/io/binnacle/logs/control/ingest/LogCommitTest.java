package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.ClientWindow;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.platform.control.ingest.GroupCommitter.Outcome;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.testing.TestLogs;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogCommitTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long NOW = 489_920 * HOUR + HOUR / 2;
  private static final long NEXT_TURN = (long) ClientWindow.PARTS * ClientWindow.NUMBERS + 1;
  private static final LogClients.Key SENDER = new LogClients.Key(1, "sender", 0);

  private static final SegmentCutting CUTTING = new SegmentCutting();

  private final LogStream stream = stream(1, 11, false);
  private final LogStream other = stream(2, 1, false);
  private final LogStream deleted = stream(3, 1, true);
  private final Map<Long, LogStream> streams = Map.of(1L, stream, 2L, other, 3L, deleted);
  private LogCommit commit = commit(Map.of());

  @Test
  void linesAreNumberedWithoutGapsOverTheBatchesOfAGroup() {
    commit.take(pending(1, batch(null, 0, 1, 3)));
    commit.take(pending(2, batch(null, 0, 2, 2)));
    commit.take(pending(1, batch(null, 0, 3, 4)));

    assertEquals(
        List.of("11-13", "1-2", "14-17"), commit.outcomes().stream().map(this::range).toList());
    assertEquals(Map.of(1L, 18L, 2L, 3L), commit.nextLines());
    assertEquals(
        List.of(new LogAppend(100, 1, 11, 7), new LogAppend(100, 2, 1, 2)), commit.appends());
  }

  @Test
  void aBatchThatIsRepeatedAnswersAsTheFirstTimeAndStoresNothing() {
    commit.take(pending(1, batch("sender", 1, 7, 3)));
    ClientWindow window = present(commit.changedWindows().get(SENDER));

    LogCommit later = commit(Map.of(SENDER, ClientWindow.decode(window.encode())));
    later.take(pending(1, batch("sender", 1, 7, 3)));

    assertEquals(range(commit.outcomes().get(0)), range(later.outcomes().get(0)));
    assertEquals(LogAck.Kind.STORED, present(commit.outcomes().get(0).answer()).kind());
    assertEquals(LogAck.Kind.REPEATED, present(later.outcomes().get(0).answer()).kind());
    assertEquals(Map.of(), later.nextLines());
    assertEquals(List.of(), segments(later));
    assertEquals(Map.of(), later.changedWindows());
  }

  @Test
  void aBatchThatIsRepeatedInItsOwnGroupIsStoredOnce() {
    commit.take(pending(1, batch("sender", 1, 7, 3)));
    commit.take(pending(1, batch("sender", 1, 7, 3)));
    commit.take(pending(1, batch("sender", 2, 8, 1)));

    assertEquals(
        List.of("11-13", "11-13", "14-14"), commit.outcomes().stream().map(this::range).toList());
    assertEquals(1, commit.changedWindows().size());
  }

  @Test
  void theSameNumberWithOtherContentIsAConflict() {
    commit.take(pending(1, batch("sender", 1, 7, 3)));
    commit.take(pending(1, batch("sender", 1, 8, 3)));

    assertEquals(ProblemType.BATCH_CONFLICT, present(commit.outcomes().get(1).refusal()).type());
    assertEquals(Map.of(1L, 14L), commit.nextLines());
  }

  @Test
  void aNumberBelowTheWindowIsADuplicateOfWhichNothingIsKnown() {
    ClientWindow window = new ClientWindow();
    window.add(NEXT_TURN, new ClientWindow.Stored(1, 1, 1));
    commit = commit(Map.of(SENDER, window));

    commit.take(pending(1, batch("sender", 1, 7, 3)));

    LogAck ack = present(commit.outcomes().get(0).answer());
    assertEquals(LogAck.Kind.BELOW_WINDOW, ack.kind());
    assertEquals(0, ack.accepted());
    assertEquals(Map.of(), commit.nextLines());
  }

  @Test
  void batchesThatNeverArrivedAreCountedWhenTheyCanNoMoreBeRecognised() {
    ClientWindow window = new ClientWindow();
    for (int number = 3; number <= ClientWindow.NUMBERS; number++) {
      window.add(number, new ClientWindow.Stored(number, number, 1));
    }
    commit = commit(Map.of(SENDER, window));

    commit.take(pending(1, batch("sender", NEXT_TURN, 7, 1)));

    assertEquals(Map.of(new LogCommit.Refused(7, "batch_never_arrived"), 2L), commit.refusals());
    assertEquals(List.of(SENDER), List.copyOf(commit.changedWindows().keySet()));
  }

  @Test
  void aNumberThatJumpsFarCountsNoMoreThanAMillion() {
    ClientWindow window = new ClientWindow();
    window.add(1, new ClientWindow.Stored(1, 1, 1));
    commit = commit(Map.of(SENDER, window));
    long sameWindow = 1 + (long) ClientWindow.PARTS * ClientWindow.NUMBERS * (1L << 40);

    commit.take(pending(1, batch("sender", sameWindow, 7, 1)));

    assertEquals(
        Map.of(new LogCommit.Refused(7, "batch_never_arrived"), 1_000_000L), commit.refusals());
  }

  @Test
  void sendersOfOneNameInTwoStreamsAreTwo() {
    commit.take(pending(1, batch("sender", 1, 7, 1)));
    commit.take(pending(2, batch("sender", 1, 8, 1)));

    assertEquals(List.of("11-11", "1-1"), commit.outcomes().stream().map(this::range).toList());
    assertEquals(2, commit.changedWindows().size());
  }

  @Test
  void aDeletedOrVanishedStreamTakesNothingAndSpoilsNothing() {
    commit.take(pending(3, batch(null, 0, 1, 2)));
    commit.take(pending(99, batch(null, 0, 1, 2)));
    commit.take(pending(1, batch(null, 0, 1, 2)));

    assertEquals(ProblemType.RUN_DELETED, present(commit.outcomes().get(0).refusal()).type());
    assertEquals(ProblemType.RUN_DELETED, present(commit.outcomes().get(1).refusal()).type());
    assertEquals("11-12", range(commit.outcomes().get(2)));
  }

  @Test
  void aBatchWithoutGoodLinesIsRememberedAndWritesNoSegment() {
    LogBatch empty =
        new LogBatch(
            header("sender", 1),
            new LineBuffer(),
            List.of(new RefusedLine(0, "invalid_level", "no")),
            3,
            0,
            7);

    commit.take(pending(1, empty));

    LogAck ack = present(commit.outcomes().get(0).answer());
    assertNull(ack.firstLine());
    assertEquals(3, ack.refusedCount());
    assertEquals(List.of(), segments(commit));
    assertEquals(
        Map.of(
            new LogCommit.Refused(7, "invalid_level"), 1L, new LogCommit.Refused(7, "refused"), 2L),
        commit.refusals());
    assertEquals(1, commit.changedWindows().size());
  }

  @Test
  void batchesOfOneStreamShareASegment() {
    commit.take(pending(1, batch(null, 0, 1, 3)));
    commit.take(pending(1, batch(null, 0, 2, 2)));

    List<NewSegment> segments = segments(commit);

    assertEquals(1, segments.size());
    assertEquals(11, segments.get(0).firstLine());
    assertEquals(5, segments.get(0).encoded().lines());
    Segment segment =
        Segment.open(segments.get(0).encoded().payload(), segments.get(0).encoded().checksum());
    assertEquals("line 1", segment.message(4));
  }

  @Test
  void batchesThatCameWithTheirSegmentsKeepTheirPlacesAmongTheSmallOnes() {
    commit.take(pending(1, batch(times(NOW))));
    commit.take(pending(1, batch(times(NOW, NOW))));
    commit.take(cut(1, batch(times(NOW, NOW + HOUR, NOW + HOUR))));
    commit.take(cut(1, batch("sender", 1, 7, 4)));
    commit.take(cut(1, batch("sender", 1, 7, 4)));
    commit.take(pending(1, batch(times(NOW))));

    assertEquals(
        List.of(
            "11+3 in 489920",
            "14+1 in 489920",
            "15+2 in 489921",
            "17+4 in 489920",
            "21+1 in 489920"),
        places(segments(commit)));
    assertEquals(Map.of(1L, 22L), commit.nextLines());
  }

  @Test
  void segmentsAreCutAtTheHour() {
    long hour = 489_920 * HOUR;
    commit.take(pending(1, batch(times(hour - 2, hour - 1, hour, hour + 1))));

    assertEquals(List.of("11+2 in 489919", "13+2 in 489920"), places(segments(commit)));
  }

  @Test
  void timesFarFromNowGoIntoTheWideBucket() {
    commit.take(
        pending(1, batch(times(NOW - HOUR, NOW - HOUR - 1, 0, NOW + HOUR, NOW + HOUR + 1))));

    assertEquals(
        List.of("11+1 in 489919", "12+2 in wide", "14+1 in 489921", "15+1 in wide"),
        places(segments(commit)));
  }

  @Test
  void afterTheClockWentBackwardsNumbersStillRiseAndLinesAheadOfItAreWide() {
    LogCommit earlier = new LogCommit(streams, Map.of(), NOW - 3 * HOUR);
    earlier.take(pending(1, batch(times(NOW - 3 * HOUR, NOW, NOW - 3 * HOUR))));

    assertEquals(
        List.of("11+1 in 489917", "12+1 in wide", "13+1 in 489917"), places(segments(earlier)));
    assertEquals(Map.of(1L, 14L), earlier.nextLines());
  }

  @Test
  void timesThatJumpMakeFewSegmentsAndLoseNoLine() {
    long[] jumping =
        IntStream.range(0, 1_000).mapToLong(i -> i % 2 == 0 ? NOW : NOW - HOUR).toArray();
    commit.take(pending(1, batch(times(jumping))));

    List<NewSegment> segments = segments(commit);

    assertTrue(segments.size() <= 9, segments.size() + " segments");
    long next = 11;
    for (NewSegment segment : segments) {
      assertEquals(next, segment.firstLine());
      next += segment.encoded().lines();
    }
    assertEquals(1_011, next);
    assertEquals(SegmentInfo.WIDE, segments.get(segments.size() - 1).bucket());
  }

  @Test
  void largeBatchesBecomeSeveralSegments() {
    LineBuffer lines = new LineBuffer();
    String large = "x".repeat(100_000);
    for (int i = 0; i < 10; i++) {
      TestLogs.add(lines, NOW, large);
    }
    commit.take(pending(1, new LogBatch(header(null, 0), lines, List.of(), 0, 0, 1)));

    assertEquals(
        new TreeSet<>(List.of(11L, 13L, 15L, 17L, 19L)),
        new TreeSet<>(segments(commit).stream().map(NewSegment::firstLine).toList()));
  }

  private static <T> T present(@Nullable T value) {
    assertNotNull(value);
    return value;
  }

  private String range(Outcome<LogAck> outcome) {
    LogAck ack = present(outcome.answer());
    return ack.firstLine() + "-" + ack.lastLine();
  }

  private static List<String> places(List<NewSegment> segments) {
    return segments.stream()
        .map(
            s ->
                s.firstLine()
                    + "+"
                    + s.encoded().lines()
                    + " in "
                    + (s.bucket() == SegmentInfo.WIDE ? "wide" : s.bucket()))
        .toList();
  }

  private LogCommit commit(Map<LogClients.Key, ClientWindow> windows) {
    return new LogCommit(streams, windows, NOW);
  }

  private static List<NewSegment> segments(LogCommit commit) {
    return commit.segments(CUTTING, new LineBuffer());
  }

  private static PendingBatch pending(long stream, LogBatch batch) {
    return new PendingBatch(stream, batch, List.of());
  }

  private static PendingBatch cut(long stream, LogBatch batch) {
    return new PendingBatch(stream, batch, CUTTING.byHour(batch.lines(), NOW));
  }

  private static LogBatch batch(@Nullable String client, long number, long hash, int count) {
    LineBuffer lines = new LineBuffer();
    IntStream.range(0, count).forEach(i -> TestLogs.add(lines, NOW, "line " + i));
    return new LogBatch(header(client, number), lines, List.of(), 0, 0, hash);
  }

  private static LogBatch batch(LineBuffer lines) {
    return new LogBatch(header(null, 0), lines, List.of(), 0, 0, 1);
  }

  private static LineBuffer times(long... times) {
    LineBuffer lines = new LineBuffer();
    for (long time : times) {
      TestLogs.add(lines, time, "m");
    }
    return lines;
  }

  private static LogBatch.Header header(@Nullable String client, long number) {
    return new LogBatch.Header("main", "{}", null, null, null, client, number);
  }

  private static LogStream stream(long id, long nextLine, boolean gone) {
    return new LogStream(id, 7, new LogOwner(OwnerKind.RUN, 100), "s" + id, nextLine, 0, NOW, gone);
  }
}
