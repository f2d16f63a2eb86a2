package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedSearchTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long NOW = 489_920 * HOUR;
  private static final Comparator<LogLine> OLDEST_FIRST = Comparator.comparing(LinePosition::of);

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final Map<Long, LogStream> streams = new HashMap<>();
  private final List<LogLine> written = new ArrayList<>();

  @Test
  void theNewestLinesOfAllStreamsComeFirst() {
    write(stream(1), 1, NOW + 1, NOW + 4, NOW + 5);
    write(stream(2), 1, NOW + 2, NOW + 3, NOW + 6);

    MergedSearch page = newest(4);

    assertEquals(List.of("2:3", "1:3", "1:2", "2:2"), places(page.lines()));
    assertEquals(new LinePosition(NOW + 3, 2, 2), page.next());
    assertTrue(page.complete());
  }

  @Test
  void theOldestLinesOfAllStreamsComeFirstWhenTheyAreAskedFor() {
    write(stream(1), 1, NOW + 1, NOW + 4, NOW + 5);
    write(stream(2), 1, NOW + 2, NOW + 3, NOW + 6);

    assertEquals(List.of("1:1", "2:1", "2:2", "1:2"), places(oldest(4).lines()));
  }

  @Test
  void linesOfOneMomentAreOrderedByStreamAndLine() {
    write(stream(2), 1, NOW, NOW);
    write(stream(1), 1, NOW, NOW);

    assertEquals(List.of("1:1", "1:2", "2:1", "2:2"), places(oldest(10).lines()));
    assertEquals(List.of("2:2", "2:1", "1:2", "1:1"), places(newest(10).lines()));
  }

  @Test
  void thePageThatHoldsTheLastLineIsTheLast() {
    write(stream(1), 1, NOW, NOW + 1);

    assertNotNull(newest(1).next());
    assertNull(newest(2).next());
    assertEquals(List.of(), places(page(LogFilter.NONE, true, 2, plenty(), position(NOW)).lines()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pagesOfAnySizeMakeUpTheWholeLog(boolean descending) {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      writeAnything(random);
      LogFilter filter = random.nextBoolean() ? LogFilter.NONE : search("even");

      List<LogLine> read = readAll(filter, descending, 1 + random.nextInt(20), Long.MAX_VALUE);

      assertEquals(expected(filter, descending), places(read), "round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSearchWhoseBudgetIsSpentAtOnceStillGetsThroughTheWholeLog(boolean descending) {
    Random random = new Random(12);
    for (int round = 0; round < 50; round++) {
      writeAnything(random);

      List<LogLine> read = readAll(search("even"), descending, 1 + random.nextInt(20), 1);

      assertEquals(expected(search("even"), descending), places(read), "round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void linesFarFromTheirReceiptStandWhereTheirTimeIsWhereverTheBudgetEnds(boolean descending) {
    LogStream stream = stream(1);
    LineBuffer far = new LineBuffer();
    add(stream, 1, far, NOW + (descending ? -50 : 50) * HOUR, "far");
    segments.keep(stream, 1, SegmentInfo.WIDE, far);
    for (int i = 0; i < 300; i++) {
      write(stream, 2 + i, NOW + (300 - i) % 3 * HOUR + i);
    }

    for (int budget = 400; budget < 500; budget++) {
      List<LogLine> read = readAll(LogFilter.NONE, descending, 1_000, budget);

      assertEquals(expected(LogFilter.NONE, descending), places(read), "budget " + budget);
    }
  }

  @Test
  void aPageThatTheBudgetCutSaysSoAndWhereItGoesOn() {
    LogStream stream = stream(1);
    for (int i = 0; i < 300; i++) {
      write(stream, 1 + i, NOW + i);
    }

    MergedSearch page = page(search("odd"), true, 300, new ScanBudget(HOUR, 50), null);

    assertFalse(page.complete());
    assertTrue(page.lines().size() < 150, page.lines().size() + " lines");
    LinePosition next = assertPresent(page.next());
    assertTrue(page.lines().stream().allMatch(line -> line.time() > next.time()));
  }

  @Test
  void whatCanNotMakeThePageBetterIsNotOpened() {
    LogStream stream = stream(1);
    for (int i = 0; i < 1_000; i++) {
      write(stream, 1 + 2L * i, NOW + 2 * i, NOW + 2 * i + 1);
    }

    newest(20);

    assertTrue(segments.opened() <= 12, segments.opened() + " segments were opened");
  }

  @Test
  void whatTheMetadataRuleOutIsNotOpened() {
    LogStream stream = stream(1);
    for (int i = 0; i < 100; i++) {
      write(stream, 1 + i, NOW + i);
    }
    LogFilter errors =
        new LogFilter(Set.of("ERROR"), 1, Set.of(), null, null, false, Map.of(), null, null);

    assertEquals(List.of(), places(page(errors, true, 10, plenty(), null).lines()));
    assertEquals(0, segments.opened());
  }

  @Test
  void linesBelowThePurgeMarkAreGoneEvenInsideASegment() {
    write(purged(1, 2), 1, NOW, NOW + 1, NOW + 2);

    assertEquals(List.of("1:3"), places(newest(10).lines()));
  }

  @Test
  void segmentsOfAStreamThatIsGoneAreLeftOut() {
    write(stream(1), 1, NOW);
    write(stream(2), 1, NOW);
    streams.remove(1L);

    assertEquals(List.of("2:1"), places(newest(10).lines()));
    assertEquals(1, segments.opened());
  }

  @Test
  void hugeLinesMakeAShortPageAndNoneIsLost() {
    LogStream stream = stream(1);
    String huge = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      LineBuffer lines = new LineBuffer();
      add(stream, 1 + i, lines, NOW + i, huge);
      segments.keep(stream, 1 + i, bucket(NOW), lines);
    }

    int first = newest(100).lines().size();

    assertTrue(first > 10 && first < 20, first + " lines");
    assertEquals(
        expected(LogFilter.NONE, true), places(readAll(LogFilter.NONE, true, 100, Long.MAX_VALUE)));
  }

  @Test
  void anExpressionThatDoesNotGetOnIsRefused() {
    LogStream stream = stream(1);
    LineBuffer lines = new LineBuffer();
    add(stream, 1, lines, NOW, "a".repeat(5_000) + "!");
    segments.keep(stream, 1, bucket(NOW), lines);
    LogFilter slow =
        new LogFilter(Set.of(), 1, Set.of(), null, "(a+)+$", false, Map.of(), null, null);

    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> page(slow, true, 10, new ScanBudget(1_000_000, Long.MAX_VALUE), null));

    assertEquals(ProblemType.INVALID_REGEX, refusal.type());
  }

  @Test
  void aSlowDatabaseAndManySegmentsOfOneMomentAreNotTheFaultOfAnExpression() {
    for (long id = 1; id <= 3; id++) {
      LogStream stream = stream(id);
      LineBuffer lines = new LineBuffer();
      add(stream, 1, lines, NOW, "a".repeat(10_000) + "!");
      segments.keep(stream, 1, bucket(NOW), lines);
    }
    long nanos = TimeUnit.MILLISECONDS.toNanos(200);
    segments.slow(nanos);
    LogFilter harmless =
        new LogFilter(Set.of(), 1, Set.of(), null, "[!?]$", false, Map.of(), null, null);

    MergedSearch page =
        page(
            harmless,
            true,
            10,
            new ScanBudget(nanos, Long.MAX_VALUE),
            new LinePosition(NOW, Long.MAX_VALUE, Long.MAX_VALUE));

    assertEquals(List.of("3:1", "2:1", "1:1"), places(page.lines()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noMoreMetadataAreReadThanAPageNeeds(boolean descending) {
    LogStream stream = stream(1);
    for (int i = 0; i < 10_000; i++) {
      LineBuffer line = new LineBuffer();
      TestLogs.add(line, i * HOUR, "line");
      segments.keep(stream, 1 + i, SegmentInfo.WIDE, line);
    }

    page(LogFilter.NONE, descending, 10, plenty(), null);

    assertTrue(segments.listed() <= 4_096, segments.listed() + " segments");
  }

  @Test
  void whatCanNotBeMergedInTimeIsRefused() {
    for (int i = 0; i < 50; i++) {
      LineBuffer far = new LineBuffer();
      TestLogs.add(far, 0, "long ago");
      TestLogs.add(far, 2 * NOW, "in the future");
      segments.keep(stream(1), 1 + 2 * i, SegmentInfo.WIDE, far);
    }
    segments.slow(TimeUnit.MILLISECONDS.toNanos(30));
    ScanBudget budget = new ScanBudget(TimeUnit.MILLISECONDS.toNanos(1), Long.MAX_VALUE);

    ProblemException refusal =
        assertThrows(
            ProblemException.class, () -> page(LogFilter.NONE, true, 10, budget, position(NOW)));

    assertEquals("stream", refusal.field());
  }

  private MergedSearch newest(int limit) {
    return page(LogFilter.NONE, true, limit, plenty(), null);
  }

  private MergedSearch oldest(int limit) {
    return page(LogFilter.NONE, false, limit, plenty(), null);
  }

  private static ScanBudget plenty() {
    return new ScanBudget(HOUR, Long.MAX_VALUE);
  }

  private MergedSearch page(
      LogFilter filter,
      boolean descending,
      int limit,
      ScanBudget budget,
      @Nullable LinePosition position) {
    MergedSearch search =
        new MergedSearch(
            segments,
            Runnable::run,
            SCOPE,
            streams,
            new LineMatcher(filter),
            budget,
            new PageBounds(descending, limit, 16 << 20, position));
    search.run(SegmentsByTime.of(segments, SCOPE, OWNER, streams, filter, descending, position));
    return search;
  }

  private List<LogLine> readAll(LogFilter filter, boolean descending, int limit, long maxBytes) {
    List<LogLine> all = new ArrayList<>();
    LinePosition position = null;
    do {
      MergedSearch page = page(filter, descending, limit, new ScanBudget(HOUR, maxBytes), position);
      assertTrue(page.lines().size() <= limit);
      all.addAll(page.lines());
      assertTrue(page.next() == null || !page.next().equals(position), "it does not get on");
      position = page.next();
    } while (position != null);
    return all;
  }

  private List<String> expected(LogFilter filter, boolean descending) {
    String wanted = filter.search() == null ? "" : filter.search();
    return places(
        written.stream()
            .filter(line -> line.message().contains(wanted))
            .sorted(descending ? OLDEST_FIRST.reversed() : OLDEST_FIRST)
            .toList());
  }

  /** Some streams whose segments overlap, of three hours and of times far away. */
  private void writeAnything(Random random) {
    written.clear();
    segments.clear();
    for (long id = 1; id <= 3; id++) {
      LogStream stream = stream(id);
      long next = 1;
      for (int i = random.nextInt(15); i > 0; i--) {
        boolean wide = random.nextInt(6) == 0;
        long begin = NOW + random.nextInt(3) * HOUR;
        LineBuffer lines = new LineBuffer();
        int count = 1 + random.nextInt(8);
        for (int k = 0; k < count; k++) {
          long time = wide ? NOW + (random.nextInt(200) - 100) * HOUR : begin + random.nextInt(30);
          add(stream, next + k, lines, time, random.nextBoolean() ? "even" : "odd");
        }
        segments.keep(stream, next, wide ? SegmentInfo.WIDE : bucket(begin), lines);
        next += count;
      }
    }
  }

  private void write(LogStream stream, long firstLine, long... times) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < times.length; i++) {
      add(stream, firstLine + i, lines, times[i], (firstLine + i) % 2 == 0 ? "even" : "odd");
    }
    segments.keep(stream, firstLine, bucket(times[0]), lines);
  }

  private void add(LogStream stream, long line, LineBuffer lines, long time, String message) {
    TestLogs.add(lines, time, message);
    written.add(new LogLine(stream.id(), line, "INFO", 9, message, time, "stdout", 0, null, 0, 0));
  }

  private LogStream stream(long id) {
    return purged(id, 0);
  }

  private LogStream purged(long id, long through) {
    LogStream stream = new LogStream(id, TestLogs.PROJECT, OWNER, "s", 1_000, through, 0, false);
    streams.put(id, stream);
    return stream;
  }

  private static LogFilter search(String text) {
    return new LogFilter(Set.of(), 1, Set.of(), text, null, false, Map.of(), null, null);
  }

  private static LinePosition position(long time) {
    return new LinePosition(time, 1, 1);
  }

  private static int bucket(long time) {
    return (int) (time / HOUR);
  }

  private static List<String> places(List<LogLine> lines) {
    return lines.stream().map(line -> line.streamId() + ":" + line.line()).toList();
  }

  private static LinePosition assertPresent(@Nullable LinePosition position) {
    assertNotNull(position);
    return position;
  }
}
