package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  private static final LogOwner OWNER = new LogOwner(OwnerKind.RUN, 100);
  private static final LogStream STREAM = TestLogs.stream(1, OWNER, "main");

  /** A database with a feed of commits. */
  private static final class Database extends LogCommitTransaction {
    private final List<LogCommits.Entry> feed = new ArrayList<>();
    private boolean away;
    private boolean losesAnswers;

    @Override
    LogCommit commit(long writer, long seq, List<PendingBatch> group) {
      if (away) {
        throw new IllegalStateException("away");
      }
      LogCommit commit = new LogCommit(Map.of(STREAM.id(), STREAM), Map.of(), 1);
      group.forEach(commit::take);
      if (!commit.nextLines().isEmpty()) {
        feed.add(new LogCommits.Entry(writer, seq, commit.appends()));
      }
      if (losesAnswers) {
        throw new IllegalStateException("The answer was lost");
      }
      return commit;
    }

    @Override
    long lastSeq(long writer) {
      return feed.isEmpty() ? 0 : feed.get(feed.size() - 1).seq();
    }

    @Override
    List<LogCommits.Entry> committedAfter(long writer, long seq) {
      return feed.stream().filter(entry -> entry.seq() > seq).toList();
    }

    @Override
    void force() {}
  }

  private final Database database = new Database();
  private final List<Long> told = new ArrayList<>();
  private final LogWriter writer = new LogWriter(5, database, entry -> told.add(entry.seq()));

  @Test
  void everyCommitThatBroughtLinesIsTold() {
    writer.commit(List.of(batch(1)));
    writer.commit(List.of(batch(0)));
    writer.commit(List.of(batch(2)));

    assertEquals(List.of(1L, 2L), told);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsToldWithTheNextOneThoughThatBringsNoLines() {
    writer.commit(List.of(batch(1)));
    database.losesAnswers = true;
    assertThrows(IllegalStateException.class, () -> writer.commit(List.of(batch(1))));
    database.losesAnswers = false;
    database.away = true;
    assertThrows(IllegalStateException.class, () -> writer.commit(List.of(batch(1))));
    database.away = false;

    writer.commit(List.of(batch(0)));
    writer.commit(List.of(batch(1)));

    assertEquals(List.of(1L, 2L, 3L), told);
  }

  @Test
  void numbersGoOnWhenTheFeedWasEmptiedMeanwhile() {
    writer.commit(List.of(batch(1)));
    database.feed.clear();
    database.away = true;
    assertThrows(IllegalStateException.class, () -> writer.commit(List.of(batch(1))));
    database.away = false;

    writer.commit(List.of(batch(1)));

    assertEquals(List.of(1L, 2L), told);
  }

  private static PendingBatch batch(int count) {
    LineBuffer lines = new LineBuffer();
    for (int i = 0; i < count; i++) {
      TestLogs.add(lines, 1, "line");
    }
    LogBatch.Header header = new LogBatch.Header("main", "{}", null, null, null, null, 0);
    return new PendingBatch(
        STREAM.id(), new LogBatch(header, lines, List.of(), 0, 0, 1), List.of());
  }
}
