package io.binnacle.logs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

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
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailedLogTest {
  /** Held, so that its level is not forgotten: a test knows what fails. */
  private static final Logger LOG = Logger.getLogger(TailedLog.class.getName());

  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final LogStream STREAM = TestLogs.stream(1, OWNER, "main");
  private static final LogFilter ODD =
      new LogFilter(Set.of(), 1, Set.of(), "odd", null, false, Map.of(), null, null);

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final LogSearch search = new LogSearch();
  private final TailedLog log =
      new TailedLog(
          new LogAddress(ProjectScope.granted(TestLogs.PROJECT), OWNER, "run_id", "r"),
          segments,
          search,
          Runnable::run);
  private long nextLine = 1;

  /** Keeps what it was told. */
  private static final class Viewer implements TailViewer {
    private final List<String> told = new ArrayList<>();

    @Override
    public void deliver(TailFrame frame) {
      String lines =
          frame.items().stream().map(line -> " " + line.line()).reduce("", String::concat);
      told.add(
          frame.fromLine() + "-" + frame.toLine() + (frame.skipped() ? " skipped" : ":" + lines));
    }

    @Override
    public void cleared() {
      told.add("cleared");
    }

    @Override
    public void status(String status) {
      told.add(status);
    }
  }

  @BeforeEach
  void prepare() {
    LOG.setLevel(Level.OFF);
    search.reads = segments;
    search.executor = Runnable::run;
    search.searchMillis = 10_000;
    search.searchBytes = Long.MAX_VALUE;
  }

  @Test
  void aViewerGetsWhatComesAfterItSatDown() {
    write("odd", "even");
    Viewer viewer = seated(LogFilter.NONE);

    write("odd", "even");
    write("odd");

    assertEquals(List.of("3-4: 3 4", "5-5: 5"), viewer.told);
  }

  @Test
  void aFilterLeavesLinesOutAndTheRangeTellsThatTheyWereLookedAt() {
    Viewer viewer = seated(ODD);

    write("odd", "even", "odd");

    assertEquals(List.of("1-3: 1 3"), viewer.told);
  }

  @Test
  void ofMoreThanAViewerCanSeeTheNewestAreShownAndTheOthersSkipped() {
    Viewer viewer = seated(LogFilter.NONE);
    String[] many = new String[2_010];
    Arrays.fill(many, "odd");

    write(many);

    assertEquals(2, viewer.told.size());
    assertEquals("1-10 skipped", viewer.told.get(0));
    assertEquals("11-2010: 11 12", viewer.told.get(1).substring(0, 14));
  }

  @Test
  void linesThatCanNotBeReadAreToldAsSkippedAndAllOthersGoOn() {
    Viewer viewer = seated(LogFilter.NONE);
    segments.failOnce();

    write("odd", "even");
    write("odd");

    assertEquals(List.of("1-2 skipped", "3-3: 3"), viewer.told);
  }

  @Test
  void whoHasLeftHearsNothing() {
    Viewer left = seated(LogFilter.NONE);
    Viewer stays = seated(LogFilter.NONE);
    log.leave(left);

    write("odd");

    assertEquals(List.of(), left.told);
    assertEquals(List.of("1-1: 1"), stays.told);
  }

  @Test
  void aRoomThatTheLastViewerLeftTakesNobodyIn() {
    log.leave(seated(LogFilter.NONE));

    assertNull(log.enter(new Viewer(), LogFilter.NONE));
  }

  private Viewer seated(LogFilter filter) {
    Viewer viewer = new Viewer();
    log.enter(viewer, filter);
    return viewer;
  }

  private void write(String... messages) {
    LineBuffer lines = new LineBuffer();
    for (String message : messages) {
      TestLogs.add(lines, 1, message);
    }
    segments.keep(STREAM, nextLine, 0, lines);
    log.grew(List.of(new LogAppend(OWNER.id(), STREAM.id(), nextLine, messages.length)));
    nextLine += messages.length;
  }
}
