package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogPage;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSearchTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final LogStream STREAM = TestLogs.stream(1, OWNER, "main");

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final LogSearch search = segments.search(500);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWalkGivesEveryLineOnceHoweverOftenItsBudgetEnds(boolean descending) {
    for (int i = 0; i < 100; i++) {
      write(1 + 3L * i, "a", "b", "c");
    }
    search.searchBytes = 7;

    List<Long> lines = walk(LogFilter.NONE, descending);

    assertEquals(
        LongStream.rangeClosed(1, 300).mapToObj(n -> descending ? 301 - n : n).toList(), lines);
  }

  @Test
  void mergingCanSeeThatSomebodyWaitsForAPage() {
    write(1, "a");
    List<Boolean> busy = new ArrayList<>();
    segments.afterListing(() -> busy.add(search.isBusy()));

    search.page(SCOPE, OWNER, LogQuery.newest(LogFilter.NONE, null, 10));

    busy.add(search.isBusy());
    assertEquals(List.of(true, false), busy);
  }

  @Test
  void aWalkEndsWhenItsReceiverHasEnough() {
    write(1, "a", "b", "c");
    write(4, "d");
    List<Long> lines = new ArrayList<>();

    search.each(
        SCOPE,
        OWNER,
        query(LogFilter.NONE, false),
        line -> {
          lines.add(line.line());
          return lines.size() < 2;
        });

    assertEquals(List.of(1L, 2L), lines);
  }

  @Test
  void aWalkWithAnExpressionThatGetsNowhereIsRefusedAndDoesNotGoOnForHours() {
    write(1, "harmless");
    write(2, "a".repeat(50_000) + "!");
    search.searchMillis = 50;
    LogFilter slow =
        new LogFilter(Set.of(), 1, Set.of(), null, "(a+)+$", false, Map.of(), null, null);

    ProblemException refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> assertThrows(ProblemException.class, () -> walk(slow, false)));

    assertEquals(ProblemType.INVALID_REGEX, refusal.type());
  }

  @Test
  void aTotalOfMetadataIsALowerBoundWhenThePurgeMarkCutsASegment() {
    LogStream purged = new LogStream(2, STREAM.projectId(), OWNER, "rank", 1, 2, 0, false);
    LineBuffer lines = new LineBuffer();
    TestLogs.add(lines, 1, "gone");
    TestLogs.add(lines, 2, "gone");
    TestLogs.add(lines, 3, "kept");
    segments.keep(purged, 1, 0, lines);
    write(1, "a", "b");
    LogFilter infos =
        new LogFilter(Set.of("INFO"), 1, Set.of(), null, null, false, Map.of(), null, null);

    LogPage page = search.page(SCOPE, OWNER, query(infos, false));

    assertEquals(List.of("a", "b", "kept"), page.items().stream().map(LogLine::message).toList());
    assertEquals(2, page.total());
    assertFalse(page.totalExact());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void compactionBetweenTwoListingsHidesNoLines(boolean descending) {
    int count = descending ? 200 : 5_000;
    LineBuffer merged = new LineBuffer();
    for (int i = 0; i < count; i++) {
      LineBuffer line = new LineBuffer();
      TestLogs.add(line, i, "line");
      segments.keep(STREAM, 1 + i, 0, line);
      int mergedFrom = descending ? 0 : 4_000;
      if (i >= mergedFrom && i < mergedFrom + 150) {
        TestLogs.add(merged, i, "line");
      }
    }
    segments.keep(TestLogs.stream(2, OWNER, "other"), 1, 0, lineAt(50));
    segments.afterListing(() -> segments.replace(STREAM, descending ? 1 : 4_001, 0, merged));

    LogQuery all = new LogQuery(LogFilter.NONE, null, 1, Long.MAX_VALUE, descending, 5_000, null);
    LogPage page = search.page(SCOPE, OWNER, all);

    assertEquals(Math.min(5_000, count + 1), page.items().size());
    assertEquals(page.items().size(), Set.copyOf(page.items()).size());
  }

  private static LineBuffer lineAt(long time) {
    LineBuffer line = new LineBuffer();
    TestLogs.add(line, time, "line");
    return line;
  }

  private List<Long> walk(LogFilter filter, boolean descending) {
    List<Long> lines = new ArrayList<>();
    search.each(SCOPE, OWNER, query(filter, descending), line -> lines.add(line.line()));
    return lines;
  }

  private static LogQuery query(LogFilter filter, boolean descending) {
    return new LogQuery(filter, null, 1, Long.MAX_VALUE, descending, 100, null);
  }

  private void write(long firstLine, String... messages) {
    LineBuffer lines = new LineBuffer();
    for (String message : messages) {
      TestLogs.add(lines, firstLine, message);
    }
    segments.keep(STREAM, firstLine, 0, lines);
  }
}
