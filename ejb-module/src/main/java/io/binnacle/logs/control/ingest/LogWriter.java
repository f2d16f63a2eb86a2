package io.binnacle.logs.control.ingest;

import io.binnacle.logs.store.LogCommits;
import io.binnacle.platform.control.ingest.GroupCommitter;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server's side of the feed: numbers its commits and tells of them. */
final class LogWriter implements GroupCommitter.Transaction<PendingBatch, LogAck> {
  private static final Logger LOG = System.getLogger(LogWriter.class.getName());
  private static final int RETRY_SECONDS = 5;

  private final long writer;
  private final LogCommitTransaction transaction;
  private final Consumer<LogCommits.Entry> committed;

  /** The number of the last commit that was told; null before the first. */
  private @Nullable Long told;

  private boolean answerMayBeLost;

  LogWriter(long writer, LogCommitTransaction transaction, Consumer<LogCommits.Entry> committed) {
    this.writer = writer;
    this.transaction = transaction;
    this.committed = committed;
  }

  @Override
  public List<GroupCommitter.Outcome<LogAck>> commit(List<PendingBatch> group) {
    long last = toldSoFar();
    answerMayBeLost = true;
    LogCommit commit = transaction.commit(writer, last + 1, group);
    answerMayBeLost = false;
    if (!commit.nextLines().isEmpty()) {
      tell(new LogCommits.Entry(writer, last + 1, commit.appends()));
    }
    return forced() ? commit.outcomes() : notForced(group);
  }

  /** A commit that failed on its way back may have been made; sent again, it is no news. */
  private long toldSoFar() {
    if (told == null) {
      told = transaction.lastSeq(writer);
    } else if (answerMayBeLost) {
      transaction.committedAfter(writer, told).forEach(this::tell);
    }
    return told;
  }

  private void tell(LogCommits.Entry entry) {
    told = entry.seq();
    committed.accept(entry);
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
