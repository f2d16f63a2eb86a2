package io.binnacle.logs.control.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.read.SegmentsInMemory;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailedLogTest {
  /** Held, so that its level is not forgotten: a test knows what fails. */
  private static final Logger LOG = Logger.getLogger(TailedLog.class.getName());

  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogAddress ADDRESS = new LogAddress(SCOPE, OWNER, "run_id", "r");
  private static final LogStream STREAM = TestLogs.stream(1, OWNER, "main");
  private static final LogFilter ODD =
      new LogFilter(Set.of(), 1, Set.of(), "odd", null, false, Map.of(), null, null);
  private static final LogStream OTHER = TestLogs.stream(2, OWNER, "other");

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final LogSearch search = segments.search(10_000);
  private final TailedLog log =
      new TailedLog(ADDRESS, segments, search, (task, nanos) -> task.run());
  private long nextLine = 1;

  @BeforeEach
  void prepare() {
    LOG.setLevel(Level.OFF);
  }

  @Test
  void aViewerGetsWhatComesAfterItSatDown() {
    write("odd", "even");
    HeardViewer viewer = seated(TailQuery.ALL);

    write("odd", "even");
    write("odd");

    assertEquals(List.of("3-4: 3 4", "5-5: 5"), viewer.told());
  }

  @Test
  void aFilterLeavesLinesOutAndTheRangeTellsThatTheyWereLookedAt() {
    HeardViewer viewer = seated(new TailQuery(ODD, null));

    write("odd", "even", "odd");

    assertEquals(List.of("1-3: 1 3"), viewer.told());
  }

  @Test
  void ofMoreThanAViewerCanSeeTheNewestAreShownAndTheOthersSkipped() {
    HeardViewer viewer = seated(TailQuery.ALL);
    String[] many = new String[2_010];
    Arrays.fill(many, "odd");

    write(many);

    assertEquals(2, viewer.told().size());
    assertEquals("1-10 skipped", viewer.told().get(0));
    assertEquals("11-2010: 11 12", viewer.told().get(1).substring(0, 14));
  }

  @Test
  void linesThatCanNotBeReadAreToldAsSkippedAndAllOthersGoOn() {
    HeardViewer viewer = seated(TailQuery.ALL);
    segments.failOnce();

    write("odd", "even");
    write("odd");

    assertEquals(List.of("1-2 skipped", "3-3: 3"), viewer.told());
  }

  @Test
  void anExpressionThatIsSlowCostsItsOwnViewerLinesAndTheOthersNoTime() {
    LogFilter slow =
        new LogFilter(Set.of(), 1, Set.of(), null, "(\\w+\\s?)+;", false, Map.of(), null, null);
    HeardViewer slowViewer = seated(new TailQuery(slow, null));
    HeardViewer viewer = seated(TailQuery.ALL);
    long began = System.nanoTime();

    for (int round = 0; round < 4; round++) {
      write("a".repeat(50_000) + "!;", "aaa;");
    }

    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    assertTrue(millis < 2_000, millis + " ms");
    assertEquals(List.of("1-2: 1 2", "3-4: 3 4", "5-6: 5 6", "7-8: 7 8"), viewer.told());
    assertEquals(
        List.of("1-2 skipped", "3-4 skipped", "5-6 skipped", "7-8 skipped"), slowViewer.told());
  }

  @Test
  void whatAnExpressionFoundBeforeItsTimeWasOverIsTold() {
    LogFilter slow =
        new LogFilter(Set.of(), 1, Set.of(), null, "(\\w+\\s?)+;", false, Map.of(), null, null);
    HeardViewer viewer = seated(new TailQuery(slow, null));
    segments.keep(STREAM, 1, 0, lines("aa;", "a".repeat(50_000) + "!;"));
    segments.keep(STREAM, 3, 0, lines("b", "aaa;"));

    log.grew(List.of(new LogAppend(OWNER.id(), STREAM.id(), 1, 4)));

    assertEquals(List.of("1-3 skipped", "4-4: 4"), viewer.told());
  }

  @Test
  void whoHasLeftHearsNothing() {
    HeardViewer left = seated(TailQuery.ALL);
    HeardViewer stays = seated(TailQuery.ALL);
    log.leave(left);

    write("odd");

    assertEquals(List.of(), left.told());
    assertEquals(List.of("1-1: 1"), stays.told());
  }

  @Test
  void aRoomThatTheLastViewerLeftTakesNobodyIn() {
    log.leave(seated(TailQuery.ALL));

    assertNull(log.enter(new HeardViewer(), TailQuery.ALL, List.of()));
  }

  @Test
  void whoWantsOneStreamGetsNoneOfTheOthers() {
    HeardViewer byName = seated(new TailQuery(LogFilter.NONE, "other"));
    HeardViewer byId = seated(new TailQuery(LogFilter.NONE, "2"));
    HeardViewer all = seated(TailQuery.ALL);

    write("odd");
    segments.keep(OTHER, 1, 0, lines("even"));
    log.grew(List.of(new LogAppend(OWNER.id(), OTHER.id(), 1, 1)));

    assertEquals(List.of("1-1: 1"), byName.told());
    assertEquals(List.of("1-1: 1"), byId.told());
    assertEquals(List.of("1-1: 1", "1-1: 1"), all.told());
  }

  @Test
  void whatIsCommittedWhileTheFirstViewerComesInIsDelivered() {
    write("odd");
    List<LogStream> before = segments.streams(SCOPE, OWNER);
    write("even", "odd");
    HeardViewer viewer = new HeardViewer();

    assertEquals(Map.of(1L, 2L), log.enter(viewer, TailQuery.ALL, before));
    assertEquals(List.of("2-3: 2 3"), viewer.told());
  }

  @Test
  void whoComesInWhileARangeIsServedGetsOnlyWhatComesAfterIt() {
    HeardViewer late = new HeardViewer();
    HeardViewer first =
        new HeardViewer() {
          @Override
          public void deliver(TailFrame frame) {
            super.deliver(frame);
            if (late.told().isEmpty()) {
              late.told().add("from " + seat(late, TailQuery.ALL));
            }
          }
        };
    seat(first, TailQuery.ALL);

    write("odd");
    write("even");

    assertEquals(List.of("1-1: 1", "2-2: 2"), first.told());
    assertEquals(List.of("from {1=2}", "2-2: 2"), late.told());
  }

  @Test
  void linesOfADeletedStreamAreNotTold() {
    HeardViewer viewer = seated(TailQuery.ALL);

    log.grew(List.of(new LogAppend(OWNER.id(), 77, 1, 1)));
    write("odd");

    assertEquals(List.of("1-1: 1"), viewer.told());
  }

  @Test
  void aRoomThatWasRefusedAThreadAsksForOneAgain() {
    List<Runnable> given = new ArrayList<>();
    AtomicBoolean full = new AtomicBoolean(true);
    TailedLog refused =
        new TailedLog(
            ADDRESS,
            segments,
            search,
            (task, nanos) -> {
              if (full.get()) {
                throw new RejectedExecutionException();
              }
              given.add(task);
            });
    HeardViewer viewer = new HeardViewer();
    refused.enter(viewer, TailQuery.ALL, List.of());
    segments.keep(STREAM, 1, 0, lines("odd", "even"));

    refused.grew(List.of(new LogAppend(OWNER.id(), STREAM.id(), 1, 1)));
    full.set(false);
    refused.grew(List.of(new LogAppend(OWNER.id(), STREAM.id(), 2, 1)));
    given.get(0).run();

    assertEquals(List.of("1-2: 1 2"), viewer.told());
  }

  private HeardViewer seated(TailQuery query) {
    HeardViewer viewer = new HeardViewer();
    seat(viewer, query);
    return viewer;
  }

  private @Nullable Map<Long, Long> seat(HeardViewer viewer, TailQuery query) {
    return log.enter(viewer, query, segments.streams(SCOPE, OWNER));
  }

  private void write(String... messages) {
    segments.keep(STREAM, nextLine, 0, lines(messages));
    log.grew(List.of(new LogAppend(OWNER.id(), STREAM.id(), nextLine, messages.length)));
    nextLine += messages.length;
  }

  private static LineBuffer lines(String... messages) {
    LineBuffer lines = new LineBuffer();
    for (String message : messages) {
      TestLogs.add(lines, 1, message);
    }
    return lines;
  }
}
