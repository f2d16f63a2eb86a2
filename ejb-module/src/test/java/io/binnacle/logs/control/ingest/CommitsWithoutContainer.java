package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.platform.store.Durability;
import io.binnacle.platform.store.Refusals;
import io.binnacle.testing.TestDatabase;
import io.binnacle.testing.TestLogs;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** As in the container: a group is stored in a transaction, and forced to the disk after it. */
public final class CommitsWithoutContainer extends LogCommitTransaction {
  private final LogWriter writer;
  private TestDatabase database;

  /**
   * @param number who writes to the feed
   * @param told hears of every commit
   */
  public CommitsWithoutContainer(long number, Consumer<LogCommits.Entry> told) {
    writer = new LogWriter(number, this, told);
  }

  /** Commits to a database from now on. */
  public void use(TestDatabase database) {
    this.database = database;
    cutting = new SegmentCutting();
    streams = new LogStreams(database.dataSource());
    clients = new LogClients(database.dataSource());
    segments = TestLogs.store(database.dataSource());
    commits = new LogCommits(database.dataSource());
    refusals = new Refusals(database.dataSource());
    durability = new Durability(database.dataSource());
  }

  /** Sets the clock, which stands still. */
  public void setClock(Instant now) {
    clock = Clock.fixed(now, ZoneOffset.UTC);
  }

  /**
   * Commits a group of batches, one of each stream, in the order of the map.
   *
   * @param number the sender's number for each of them
   * @return the answers to them
   */
  public List<LogAck> store(int number, Map<LogStream, LineBuffer> lines) {
    List<PendingBatch> group = new ArrayList<>();
    lines.forEach((stream, buffer) -> group.add(batch(stream, number, buffer)));
    return writer.commit(group).stream()
        .map(outcome -> Objects.requireNonNull(outcome.answer()))
        .toList();
  }

  @Override
  LogCommit commit(long feed, long seq, List<PendingBatch> group) {
    return database.inTransaction(() -> super.commit(feed, seq, group));
  }

  private static PendingBatch batch(LogStream stream, int number, LineBuffer lines) {
    LogBatch.Header header =
        new LogBatch.Header(stream.name(), "{}", null, null, null, "sender", number);
    return new PendingBatch(
        stream.id(), new LogBatch(header, lines, List.of(), 0, 0, number), List.of());
  }
}
