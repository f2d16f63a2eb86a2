package io.binnacle.logs.control.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.control.ingest.CommitsWithoutContainer;
import io.binnacle.logs.control.ingest.LogAck;
import io.binnacle.logs.control.read.LinePosition;
import io.binnacle.logs.control.read.LogQuery;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.read.SearchWithoutContainer;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogPage;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import io.binnacle.testing.TestLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose clock is set back by hours while lines come in, on every database. */
abstract class ClockGoingBackContract extends StoreContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final long WRITER = 8;
  private static final int LINES = 3;

  /** How far from noon the clock is at each commit: forwards, back by hours, and on again. */
  private static final List<Duration> CLOCK =
      List.of(
          Duration.ZERO,
          Duration.ofMinutes(1),
          Duration.ofHours(-3),
          Duration.ofHours(-3).plusMinutes(1),
          Duration.ofHours(1));

  private final RetentionSteps retention = new RetentionSteps();
  private final List<LogCommits.Entry> told = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private final List<LogAck> answers = new ArrayList<>();
  private final LogStream one = TestLogs.stream(1, OWNER, "one");
  private final LogStream two = TestLogs.stream(2, OWNER, "two");
  private final CommitsWithoutContainer server = new CommitsWithoutContainer(WRITER, told::add);
  private LogStreams streams;
  private LogCommits commits;
  private LogSearch search;

  @Override
  protected void prepare(TestDatabase empty) {
    server.use(empty);
    streams = new LogStreams(empty.dataSource());
    commits = new LogCommits(empty.dataSource());
    search = SearchWithoutContainer.of(empty);
    retention.streams = streams;
    retention.upkeep = new SegmentUpkeep(empty.dataSource());
    retention.commits = commits;
    retention.refusals = new Refusals(empty.dataSource());
  }

  @BeforeEach
  void commitWithTheClockGoingBack() {
    if (!written.isEmpty()) {
      return;
    }
    database()
        .run(
            () -> {
              streams.create(one, StreamDescription.NONE);
              streams.create(two, StreamDescription.NONE);
            });
    for (int commit = 0; commit < CLOCK.size(); commit++) {
      server.setClock(clock(commit));
      answers.addAll(commit(commit));
    }
  }

  private static Instant clock(int commit) {
    return NOON.plus(CLOCK.get(commit));
  }

  private List<LogAck> commit(int number) {
    Map<LogStream, LineBuffer> group = new LinkedHashMap<>();
    group.put(one, lines(one, number));
    group.put(two, lines(two, number));
    return server.store(number + 1, group);
  }

  /** As lines without a time of their own are stored: with the one at which they came. */
  private LineBuffer lines(LogStream stream, int number) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < LINES; i++) {
      String message = stream.name() + " " + number + " " + i;
      TestLogs.add(lines, Times.nanos(clock(number)), message);
      written.add(message);
    }
    return lines;
  }

  @Test
  void numbersHaveNoGapsAndAStreamKeepsTheOrderOfItsComing() {
    for (int i = 0; i < answers.size(); i++) {
      assertEquals(1 + LINES * (long) (i / 2), answers.get(i).firstLine());
    }
    for (LogStream stream : List.of(one, two)) {
      List<LogLine> lines = pages(stream.name(), false);
      assertEquals(
          LongStream.rangeClosed(1, LINES * (long) CLOCK.size()).boxed().toList(),
          lines.stream().map(LogLine::line).toList());
      assertEquals(
          IntStream.range(0, LINES * CLOCK.size())
              .mapToObj(i -> stream.name() + " " + i / LINES + " " + i % LINES)
              .toList(),
          messages(lines));
    }
  }

  @Test
  void theMergedViewHasEveryLineOnceInTheOrderOfTime() {
    for (boolean descending : new boolean[] {true, false}) {
      List<LogLine> lines = pages(null, descending);
      assertEquals(written.stream().sorted().distinct().toList(), sorted(messages(lines)));
      List<LogLine> ordered = new ArrayList<>(lines);
      ordered.sort(Comparator.comparing(LinePosition::of));
      if (descending) {
        Collections.reverse(ordered);
      }
      assertEquals(messages(ordered), messages(lines));
    }
  }

  @Test
  void whoFollowsTheFeedMissesNothingAndGetsNothingTwice() {
    List<LogCommits.Entry> stored = commits.after(WRITER, 0);
    assertEquals(told, stored);
    assertEquals(
        LongStream.rangeClosed(1, CLOCK.size()).boxed().toList(),
        stored.stream().map(LogCommits.Entry::seq).toList());
  }

  @Test
  void aBatchThatIsSentAgainIsKnownWhateverTheClockSays() {
    long before = commits.last(WRITER);
    for (int number = 0; number < CLOCK.size(); number++) {
      server.setClock(clock(2));
      List<LogAck> again = commit(number);
      for (int i = 0; i < again.size(); i++) {
        assertEquals(LogAck.Kind.REPEATED, again.get(i).kind());
        assertEquals(answers.get(2 * number + i).firstLine(), again.get(i).firstLine());
      }
    }
    assertEquals(before, commits.last(WRITER));
  }

  @Test
  void retentionTakesNothingBeforeItsTime() {
    Duration day = Duration.ofDays(1);
    assertEquals(Map.of(), due(NOON.minus(Duration.ofHours(3))));
    assertEquals(Map.of(), due(NOON.plus(day).minusSeconds(1)));
    long last = LINES * (CLOCK.size() - 1L);
    assertEquals(Map.of(1L, last, 2L, last), due(NOON.plus(day).plus(Duration.ofMinutes(2))));
  }

  private Map<Long, Long> due(Instant now) {
    ProjectSummary project =
        new ProjectSummary(
            Long.toString(TestLogs.PROJECT), 1, "p", "P", "", 1, null, null, NOON, 1);
    return retention.dueInStreams(project, Times.nanos(now)).through();
  }

  private List<LogLine> pages(@Nullable String stream, boolean descending) {
    List<LogLine> lines = new ArrayList<>();
    String cursor = null;
    do {
      LogQuery query =
          new LogQuery(LogFilter.NONE, stream, 1, Long.MAX_VALUE, descending, 4, cursor);
      LogPage page = search.page(SCOPE, OWNER, query);
      lines.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    return lines;
  }

  private static List<String> messages(List<LogLine> lines) {
    return lines.stream().map(LogLine::message).toList();
  }

  private static List<String> sorted(List<String> messages) {
    return messages.stream().sorted().toList();
  }
}
