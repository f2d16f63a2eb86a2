package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogPage;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.LogSummary;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestLogs;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogStatisticsTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final LogFilter INFO =
      new LogFilter(Set.of("INFO"), 1, Set.of(), null, null, false, Map.of(), null, null);

  private final SegmentsInMemory segments = new SegmentsInMemory();
  private final LogStatistics statistics = new LogStatistics();

  @BeforeEach
  void reads() {
    statistics.reads = segments;
  }

  @Test
  void aSummaryCountsWhatIsThere() {
    segments.keep(TestLogs.stream(1, OWNER, "a"), 1, 0, lines(3));
    segments.keep(TestLogs.stream(2, OWNER, "b"), 1, 0, lines(4));

    LogSummary summary = statistics.summary(SCOPE, OWNER);

    assertEquals(7, summary.total());
    assertTrue(summary.totalExact());
    assertEquals(Map.of("INFO", 7L), summary.byLevel());
  }

  @Test
  void theSummaryAndTheTotalOfALogAgreeWhereThePurgeMarkCutsASegment() {
    LogStream purged = new LogStream(1, TestLogs.PROJECT, OWNER, "a", 1, 2, 0, false);
    segments.keep(purged, 1, 0, lines(3));
    segments.keep(purged, 4, 0, lines(5));

    LogSummary summary = statistics.summary(SCOPE, OWNER);
    LogPage page =
        segments
            .search(500)
            .page(SCOPE, OWNER, new LogQuery(INFO, null, 1, Long.MAX_VALUE, false, 100, null));

    assertEquals(5, summary.total());
    assertFalse(summary.totalExact());
    assertEquals(summary.total(), page.total());
    assertFalse(page.totalExact());
  }

  private static LineBuffer lines(int count) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < count; i++) {
      TestLogs.add(lines, i, "line");
    }
    return lines;
  }
}
