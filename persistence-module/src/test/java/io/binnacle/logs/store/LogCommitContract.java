package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.store.LogCommits.Entry;
import io.binnacle.platform.store.StoreException;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the commit feed does on every database. */
abstract class LogCommitContract extends StoreContract {
  private static final long NOW = 1_763_712_000_123_456_789L;
  private static final long WEEK = TimeUnit.DAYS.toNanos(7);
  private static final int AT_ONCE = 500;

  private LogCommits commits;
  private long writer = 1_000;

  @Override
  protected void prepare(TestDatabase empty) {
    commits = new LogCommits(empty.dataSource());
  }

  @BeforeEach
  void nextWriter() {
    writer++;
    database().run(() -> commits.removeBefore(Long.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void aReaderGetsWhatAWriterCommittedAfterANumberInOrder() {
    Entry empty = new Entry(writer, 1, List.of());
    Entry full =
        new Entry(
            writer,
            2,
            List.of(
                new LogAppend(1, 2, 3, 4),
                new LogAppend(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE)));
    Entry other = new Entry(writer + 100, 2, List.of(new LogAppend(9, 9, 9, 9)));
    for (Entry entry : List.of(full, other, empty)) {
      add(entry, NOW);
    }

    assertEquals(List.of(empty, full), commits.after(writer, 0));
    assertEquals(List.of(full), commits.after(writer, 1));
    assertEquals(List.of(), commits.after(writer, 2));
    assertEquals(List.of(other), commits.after(writer + 100, 0));
    assertEquals(2, commits.last(writer));
    assertEquals(0, commits.last(writer + 50), "a writer that never wrote");
  }

  @Test
  void theLargestGroupFitsItsColumn() {
    List<LogAppend> appends =
        IntStream.range(0, 32_768 / 28).mapToObj(i -> new LogAppend(i, i, i, i)).toList();
    add(new Entry(writer, 1, appends), NOW);

    assertEquals(appends, commits.after(writer, 0).get(0).appends());
  }

  @Test
  void aReaderThatIsFarBehindGetsItInPieces() {
    int all = 2 * AT_ONCE + 3;
    database()
        .run(() -> LongStream.rangeClosed(1, all).forEach(seq -> commits.add(entry(seq), NOW)));

    long seen = 0;
    int pieces = 0;
    for (List<Entry> piece = commits.after(writer, seen);
        !piece.isEmpty();
        piece = commits.after(writer, seen)) {
      for (Entry entry : piece) {
        assertEquals(++seen, entry.seq());
      }
      pieces++;
    }
    assertEquals(all, seen);
    assertEquals(3, pieces);
  }

  @Test
  void aNumberIsGivenOnceAndOneThatWasRolledBackMayBeGivenAgain() {
    add(entry(1), NOW);
    assertThrows(StoreException.class, () -> add(entry(1), NOW));
    assertThrows(
        IllegalStateException.class,
        () ->
            database()
                .run(
                    () -> {
                      commits.add(entry(2), NOW);
                      throw new IllegalStateException("cut");
                    }));
    assertEquals(1, commits.last(writer));

    add(entry(2), NOW);

    assertEquals(List.of(entry(1), entry(2)), commits.after(writer, 0));
  }

  @Test
  void whatIsOlderThanAWeekGoesInStepsAndAReaderSeesTheGap() {
    for (int seq = 1; seq <= 5; seq++) {
      add(entry(seq), NOW - WEEK - 4 + seq);
    }
    // A clock that went back: nothing goes from between others.
    add(entry(6), NOW - WEEK - 1);

    assertEquals(2, remove(NOW - WEEK, 2));
    assertEquals(1, remove(NOW - WEEK, 10));
    assertEquals(0, remove(NOW - WEEK, 10));

    assertEquals(List.of(entry(4), entry(5), entry(6)), commits.after(writer, 1));
    assertEquals(6, commits.last(writer));
  }

  private int remove(long before, int limit) {
    return database().inTransaction(() -> commits.removeBefore(before, limit));
  }

  private Entry entry(long seq) {
    return new Entry(writer, seq, List.of(new LogAppend(7, 70 + seq, seq, 1)));
  }

  private void add(Entry entry, long time) {
    database().run(() -> commits.add(entry, time));
  }
}
