package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.ProjectSummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The short transactions of which retention consists. None holds the lock of more than one stream,
 * for which its senders would wait, and none sums up while it holds one.
 */
@ApplicationScoped
public class RetentionSteps {
  /** Segments that one step looks at. */
  private static final int SEGMENTS = 500;

  private static final int COMMITS = 10_000;

  @Inject LogStreams streams;
  @Inject SegmentUpkeep upkeep;
  @Inject LogCommits commits;
  @Inject Refusals refusals;

  /**
   * How far streams are to be purged.
   *
   * @param through by stream, in the order of their ids
   * @param more whether there may be more to purge
   */
  record Due(SortedMap<Long, Long> through, boolean more) {}

  /** Shortens the feed; answers whether there may be more. */
  @RetryConflicts
  @Transactional
  boolean shortenFeed(long before) {
    return commits.removeBefore(before, COMMITS) == COMMITS;
  }

  /** Closes the logs of a deleted project. */
  @RetryConflicts
  @Transactional
  void close(long projectId, long now) {
    streams.markDeleted(projectId, now);
  }

  /** What is too old in a project, or too much for one stream. */
  @Transactional
  Due dueInStreams(ProjectSummary project, long now) {
    SortedMap<Long, Long> through = new TreeMap<>();
    boolean more = false;
    for (LogStream stream : streams.ofProject(Long.parseLong(project.id()))) {
      List<SegmentInfo> oldest = upkeep.after(stream.id(), stream.purgedThrough(), SEGMENTS);
      long last = lastDue(project, stream, oldest, now);
      if (last > stream.purgedThrough()) {
        through.put(stream.id(), last);
        more |= oldest.size() == SEGMENTS;
      }
    }
    return new Due(through, more);
  }

  private long lastDue(
      ProjectSummary project, LogStream stream, List<SegmentInfo> oldest, long now) {
    long excess = 0;
    if (project.streamBytes() != null) {
      excess = upkeep.payloadBytesOf(stream.id(), stream.purgedThrough()) - project.streamBytes();
    }
    long expired =
        project.retentionDays() == null
            ? Long.MIN_VALUE
            : now - TimeUnit.DAYS.toNanos(project.retentionDays());
    long last = stream.purgedThrough();
    for (SegmentInfo info : oldest) {
      if (info.maxTime() >= expired && excess <= 0) {
        break;
      }
      last = info.endLine() - 1;
      excess -= info.payloadBytes();
    }
    return last;
  }

  /** The oldest segments of a whole project, as many as it has too much. */
  @Transactional
  Due dueInProject(ProjectSummary project) {
    SortedMap<Long, Long> through = new TreeMap<>();
    Long limit = project.retentionBytes();
    if (limit == null) {
      return new Due(through, false);
    }
    long projectId = Long.parseLong(project.id());
    long excess = upkeep.payloadBytesOfProject(projectId) - limit;
    if (excess > 0) {
      for (SegmentInfo info : upkeep.oldestOfProject(projectId, SEGMENTS)) {
        if (excess <= 0) {
          break;
        }
        through.merge(info.streamId(), info.endLine() - 1, Math::max);
        excess -= info.payloadBytes();
      }
    }
    return new Due(through, excess > 0 && !through.isEmpty());
  }

  /** Purges a stream and counts the lines; what was purged meanwhile stays purged. */
  @RetryConflicts
  @Transactional
  void purge(long streamId, long through, long now) {
    LogStream stream = streams.lock(List.of(streamId)).get(streamId);
    if (stream == null || through <= stream.purgedThrough()) {
      return;
    }
    streams.purge(streamId, through);
    refusals.add(stream.projectId(), "logs", "expired", through - stream.purgedThrough(), now);
  }
}
