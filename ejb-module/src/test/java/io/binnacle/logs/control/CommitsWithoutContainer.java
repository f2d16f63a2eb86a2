package io.binnacle.logs.control;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.platform.store.Durability;
import io.binnacle.platform.store.Refusals;
import io.binnacle.testing.TestDatabase;
import java.util.List;

/** As in the container: a group is stored in a transaction, and forced to the disk after it. */
final class CommitsWithoutContainer extends LogCommitTransaction {
  private TestDatabase database;

  /** Commits to a database from now on. */
  void use(TestDatabase database) {
    this.database = database;
    cutting = new SegmentCutting();
    streams = new LogStreams(database.dataSource());
    clients = new LogClients(database.dataSource());
    segments = new LogSegments(database.dataSource());
    commits = new LogCommits(database.dataSource());
    refusals = new Refusals(database.dataSource());
    durability = new Durability(database.dataSource());
  }

  @Override
  LogCommit commit(long feed, long seq, List<PendingBatch> group) {
    return database.inTransaction(() -> super.commit(feed, seq, group));
  }

  /** A batch of a stream as the sender of these tests numbers it. */
  static PendingBatch batch(LogStream stream, int number, LineBuffer lines) {
    LogBatch.Header header =
        new LogBatch.Header(stream.name(), "{}", null, null, null, "sender", number);
    return new PendingBatch(
        stream.id(), new LogBatch(header, lines, List.of(), 0, 0, number), List.of());
  }
}
