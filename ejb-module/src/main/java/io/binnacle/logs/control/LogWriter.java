package io.binnacle.logs.control;

import io.binnacle.logs.store.LogCommits;
import io.binnacle.platform.control.ingest.GroupCommitter;
import java.util.List;
import java.util.function.Consumer;

/** One committer's side of the feed: numbers its commits and tells of them. */
final class LogWriter implements GroupCommitter.Transaction<PendingBatch, LogAck> {
  private final long writer;
  private final LogCommitTransaction transaction;
  private final Consumer<LogCommits.Entry> committed;
  private long seq;
  private boolean seqKnown = true;

  LogWriter(long writer, LogCommitTransaction transaction, Consumer<LogCommits.Entry> committed) {
    this.writer = writer;
    this.transaction = transaction;
    this.committed = committed;
  }

  @Override
  public List<GroupCommitter.Outcome<LogAck>> commit(List<PendingBatch> group) {
    if (!seqKnown) {
      // A commit that failed on its way back may have been made.
      seq = transaction.lastSeq(writer);
    }
    seqKnown = false;
    LogCommit commit = transaction.commit(writer, seq + 1, group);
    transaction.force();
    seqKnown = true;
    if (!commit.nextLines().isEmpty()) {
      seq++;
      committed.accept(new LogCommits.Entry(writer, seq, commit.appends()));
    }
    return commit.outcomes();
  }
}
