package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.ClientWindow;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Durability;
import io.binnacle.platform.store.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The transaction of a group commit. */
@ApplicationScoped
public class LogCommitTransaction {
  private static final ThreadLocal<LineBuffer> MERGED = ThreadLocal.withInitial(LineBuffer::new);

  @Inject SegmentCutting cutting;
  @Inject LogStreams streams;
  @Inject LogClients clients;
  @Inject LogSegments segments;
  @Inject LogCommits commits;
  @Inject Refusals refusals;
  @Inject Durability durability;
  @Inject Clock clock;

  /**
   * Stores a group.
   *
   * @param writer who writes to the feed
   * @param seq its next number; used only if a stream grew
   * @return what was decided and written
   */
  @RetryConflicts
  @Transactional
  LogCommit commit(long writer, long seq, List<PendingBatch> group) {
    long now = Times.nanos(clock.instant());
    LogCommit commit = new LogCommit(lock(group), windows(group), now);
    group.forEach(commit::take);
    List<NewSegment> made = commit.segments(cutting, MERGED.get());
    segments.insertHot(made, now);
    streams.advance(commit.nextLines(), made);
    clients.put(commit.changedWindows(), now);
    commit
        .refusals()
        .forEach(
            (refused, count) ->
                refusals.add(refused.projectId(), "logs", refused.reason(), count, now));
    if (!commit.nextLines().isEmpty()) {
      commits.add(new LogCommits.Entry(writer, seq, commit.appends()), now);
    }
    return commit;
  }

  /** The last number that a writer committed. */
  @Transactional
  long lastSeq(long writer) {
    return commits.last(writer);
  }

  /** What a writer committed after a number: after a failure nobody else knows. */
  @Transactional
  List<LogCommits.Entry> committedAfter(long writer, long seq) {
    return commits.after(writer, seq);
  }

  /** Forces what was committed to the disk. */
  @Transactional
  void force() {
    durability.force();
  }

  private Map<Long, LogStream> lock(List<PendingBatch> group) {
    return streams.lock(group.stream().map(PendingBatch::streamId).collect(Collectors.toSet()));
  }

  private Map<LogClients.Key, ClientWindow> windows(List<PendingBatch> group) {
    Set<LogClients.Key> keys = new HashSet<>();
    for (PendingBatch pending : group) {
      LogClients.Key sender = pending.sender();
      if (sender != null) {
        keys.add(sender);
      }
    }
    return clients.read(keys);
  }
}
