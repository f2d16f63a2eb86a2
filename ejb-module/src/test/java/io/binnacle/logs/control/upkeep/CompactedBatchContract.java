package io.binnacle.logs.control.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.control.ingest.CommitsWithoutContainer;
import io.binnacle.logs.control.ingest.LogAck;
import io.binnacle.logs.control.ingest.LogIngestion;
import io.binnacle.logs.control.ingest.SegmentCutting;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.platform.entity.Times;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import io.binnacle.testing.TestLogs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a sender is told of a batch whose lines compaction has moved. */
abstract class CompactedBatchContract extends StoreContract {
  private static final ProjectScope SCOPE = ProjectScope.granted(TestLogs.PROJECT);
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final LogStream STREAM = TestLogs.stream(1, OWNER, "main");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int BATCHES = 20;
  private static final int LINES = 3;

  private final CommitsWithoutContainer commits = new CommitsWithoutContainer(8, entry -> {});

  private final CompactionSteps steps =
      new CompactionSteps() {
        @Override
        Found find(SegmentState state, long createdBefore) {
          return database().inTransaction(() -> super.find(state, createdBefore));
        }

        @Override
        void settle(List<Settled> all, long now) {
          database().run(() -> super.settle(all, now));
        }
      };

  private final LogCompaction compaction = new LogCompaction();

  @Override
  protected void prepare(TestDatabase empty) {
    commits.use(empty);
    commits.setClock(NOON);
    steps.streams = new LogStreams(empty.dataSource());
    steps.segments = TestLogs.store(empty.dataSource());
    steps.upkeep = new SegmentUpkeep(empty.dataSource());
    compaction.steps = steps;
    compaction.cutting = new SegmentCutting();
    compaction.ingestion = new LogIngestion();
    compaction.search = new LogSearch();
    compaction.clock = Clock.fixed(NOON.plus(Duration.ofHours(3)), ZoneOffset.UTC);
    compaction.compactAfterSeconds = 60;
  }

  @Test
  void aBatchThatIsSentAgainAfterCompactionIsAnsweredAsTheFirstTimeAndStoredOnce() {
    database().run(() -> steps.streams.create(STREAM, StreamDescription.NONE));
    List<LogAck> first = commitAll();
    assertEquals(BATCHES, segments().size());

    boolean more = true;
    while (more) {
      more = compaction.step();
    }
    assertEquals(1, segments().size());
    List<LogAck> again = commitAll();

    for (int i = 0; i < BATCHES; i++) {
      assertEquals(LogAck.Kind.REPEATED, again.get(i).kind());
      assertEquals(1 + LINES * (long) i, first.get(i).firstLine());
      assertEquals(first.get(i).firstLine(), again.get(i).firstLine());
      assertEquals(first.get(i).lastLine(), again.get(i).lastLine());
    }
    assertEquals(List.of(LINES * BATCHES), segments().stream().map(SegmentInfo::lines).toList());
  }

  private List<SegmentInfo> segments() {
    return database().inTransaction(() -> steps.segments.from(SCOPE, STREAM.id(), 1, 2 * BATCHES));
  }

  private List<LogAck> commitAll() {
    List<LogAck> answers = new ArrayList<>();
    for (int number = 1; number <= BATCHES; number++) {
      answers.addAll(commits.store(number, Map.of(STREAM, lines(number))));
    }
    return answers;
  }

  private static LineBuffer lines(int number) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < LINES; i++) {
      TestLogs.add(lines, Times.nanos(NOON), "line " + number + "." + i);
    }
    return lines;
  }
}
