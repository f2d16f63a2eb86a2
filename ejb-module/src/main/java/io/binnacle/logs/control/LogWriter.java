package io.binnacle.logs.control;

import io.binnacle.logs.store.LogCommits;
import io.binnacle.platform.control.ingest.GroupCommitter;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** A server's side of the feed: numbers its commits and tells of them. */
final class LogWriter implements GroupCommitter.Transaction<PendingBatch, LogAck> {
  private static final Logger LOG = System.getLogger(LogWriter.class.getName());
  private static final int RETRY_SECONDS = 5;

  private final long writer;
  private final LogCommitTransaction transaction;
  private final Consumer<LogCommits.Entry> committed;
  private long seq;
  private boolean seqKnown;

  LogWriter(long writer, LogCommitTransaction transaction, Consumer<LogCommits.Entry> committed) {
    this.writer = writer;
    this.transaction = transaction;
    this.committed = committed;
  }

  @Override
  public List<GroupCommitter.Outcome<LogAck>> commit(List<PendingBatch> group) {
    if (!seqKnown) {
      // At first, and after a commit that failed on its way back, which may have been made.
      seq = transaction.lastSeq(writer);
    }
    seqKnown = false;
    LogCommit commit = transaction.commit(writer, seq + 1, group);
    seqKnown = true;
    if (!commit.nextLines().isEmpty()) {
      seq++;
      committed.accept(new LogCommits.Entry(writer, seq, commit.appends()));
    }
    return forced() ? commit.outcomes() : notForced(group);
  }

  /** Thrown on, a failure would say that nothing was committed, and all would be stored again. */
  private boolean forced() {
    try {
      transaction.force();
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A commit could not be forced to the disk", e);
      return false;
    }
  }

  private static List<GroupCommitter.Outcome<LogAck>> notForced(List<PendingBatch> group) {
    GroupCommitter.Outcome<LogAck> unknown =
        GroupCommitter.Outcome.refused(
            ProblemException.retryLater(
                ProblemType.UNAVAILABLE,
                RETRY_SECONDS,
                "The disk did not take the lines in time; a numbered batch may be sent again."));
    return Collections.nCopies(group.size(), unknown);
  }
}
