package io.binnacle.logs.control.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.read.SegmentsInMemory;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.control.RunLookup;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTailTest {
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final LogAddress LOG =
      new LogAddress(ProjectScope.granted(TestLogs.PROJECT), OWNER, "run_id", "r");
  private static final LogStream MAIN = TestLogs.stream(1, OWNER, "main");
  private static final LogStream OTHER = TestLogs.stream(2, OWNER, "other");

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final LogTail tail = new LogTail();
  private RunStatus status = RunStatus.RUNNING;

  @BeforeEach
  void prepare() {
    tail.search = segments.search(10_000);
    tail.runs =
        new RunLookup() {
          @Override
          public Optional<RunStatus> status(ProjectScope scope, long key) {
            return Optional.of(status);
          }
        };
    tail.reads = segments;
    keep(MAIN, 10, "main");
    keep(OTHER, 3, "other");
  }

  @Test
  void aViewerBeginsWithTheNewestLinesOfAllStreams() {
    TailStart start = open(TailQuery.ALL, null).start();

    assertEquals(13, start.history().size());
    assertEquals(Map.of(1L, "main", 2L, "other"), start.names());
    assertEquals(Map.of(1L, 11L, 2L, 4L), start.positions());
  }

  @Test
  void ofALongerLogTheLast500LinesComeOldestFirst() {
    segments.clear();
    keep(MAIN, 700, "main");

    TailStart start = open(TailQuery.ALL, null).start();

    assertEquals(
        LongStream.rangeClosed(201, 700).boxed().toList(),
        start.history().stream().map(LogLine::line).toList());
    assertEquals(Map.of(1L, 701L), start.positions());
  }

  @Test
  void whoWantsOneStreamBeginsWithItsLines() {
    TailStart start = open(new TailQuery(LogFilter.NONE, "other"), null).start();

    assertEquals(List.of("other", "other", "other"), messages(start));
  }

  @Test
  void aStreamThatIsNotThereYetIsWaitedFor() {
    TailStart start = open(new TailQuery(LogFilter.NONE, "rank-7"), null).start();

    assertEquals(List.of(), messages(start));
    assertTrue(tail.isWatched());
  }

  @Test
  void whoComesBackToOneStreamGetsWhatItMissedOfItOnly() {
    TailStart start = open(new TailQuery(LogFilter.NONE, "2"), Map.of(1L, 2L, 2L, 1L)).start();

    assertEquals(List.of("other", "other"), messages(start));
    assertEquals(List.of(), start.gone());
  }

  @Test
  void aHistoryOfLongLinesIsShort() {
    keep(TestLogs.stream(3, OWNER, "long"), 100, "x".repeat(60_000));

    TailStart start = open(TailQuery.ALL, null).start();

    assertTrue(start.history().size() < 40, start.history().size() + " lines");
  }

  @Test
  void whoseHistoryCanNotBeReadDoesNotSit() {
    segments.failOnce();

    assertThrows(IllegalStateException.class, () -> open(TailQuery.ALL, Map.of(1L, 2L)));
    assertFalse(tail.isWatched());
  }

  @Test
  void whoseExpressionIsNoGoodDoesNotSit() {
    LogFilter broken = new LogFilter(Set.of(), 1, Set.of(), null, "(", false, Map.of(), null, null);

    assertThrows(ProblemException.class, () -> open(new TailQuery(broken, null), null));
    assertFalse(tail.isWatched());
  }

  @Test
  void whatAnotherServerDidIsFoundByLooking() {
    HeardViewer viewer = new HeardViewer();
    tail.open(LOG, TailQuery.ALL, null, viewer);

    tail.lookForNews();
    assertEquals(List.of(), viewer.told());
    segments.clear();
    status = RunStatus.FINISHED;
    tail.lookForNews();
    tail.lookForNews();

    assertEquals(List.of("cleared {1=10, 2=3}", "FINISHED"), viewer.told());
  }

  @Test
  void whatCameAfterTheDeletionOfAnotherServerIsNotCalledDeleted() {
    HeardViewer viewer = new HeardViewer();
    tail.open(LOG, TailQuery.ALL, null, viewer);
    segments.clear();
    segments.keep(purged(MAIN, 12), 13, 0, lines(2, "new"));

    tail.lookForNews();

    assertEquals(List.of("cleared {1=12, 2=3}"), viewer.told());
  }

  @Test
  void theLastViewerWhoLeavesClosesTheRoom() {
    LogTail.Opened first = open(TailQuery.ALL, null);
    LogTail.Opened second = open(TailQuery.ALL, null);

    first.seat().close();
    assertTrue(tail.isWatched());
    second.seat().close();
    assertFalse(tail.isWatched());
  }

  private LogTail.Opened open(TailQuery query, @Nullable Map<Long, Long> from) {
    return tail.open(LOG, query, from, new HeardViewer());
  }

  private void keep(LogStream stream, int count, String message) {
    segments.keep(stream, 1, 0, lines(count, message));
  }

  private static LineBuffer lines(int count, String message) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < count; i++) {
      TestLogs.add(lines, i, message);
    }
    return lines;
  }

  private static LogStream purged(LogStream stream, long through) {
    return new LogStream(
        stream.id(), stream.projectId(), OWNER, stream.name(), through + 1, through, 0, false);
  }

  private static List<String> messages(TailStart start) {
    return start.history().stream().map(LogLine::message).toList();
  }
}
