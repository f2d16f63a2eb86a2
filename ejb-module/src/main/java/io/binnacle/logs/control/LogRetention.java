package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.entity.ProjectSummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps logs no longer and no larger than a project wants. By default nothing is deleted. What goes
 * leaves a gap that readers see: the stream begins later.
 */
@ApplicationScoped
public class LogRetention {
  private static final long FEED_NANOS = TimeUnit.DAYS.toNanos(7);
  private static final int FEED_STEP = 10_000;
  private static final int SEGMENTS_STEP = 500;

  @Inject ProjectCatalog projects;
  @Inject LogStreams streams;
  @Inject LogSegments segments;
  @Inject LogCommits commits;
  @Inject Refusals refusals;
  @Inject Clock clock;

  /**
   * Applies every project's rules once, closes the logs of deleted projects, and shortens the
   * commit feed.
   *
   * @return whether there may be more
   */
  @RetryConflicts
  @Transactional
  public boolean step() {
    long now = Times.nanos(clock.instant());
    boolean more = commits.removeBefore(now - FEED_NANOS, FEED_STEP) == FEED_STEP;
    projects.deleted().forEach(id -> streams.markDeleted(id, now));
    for (ProjectSummary project : projects.withRetention()) {
      long projectId = Long.parseLong(project.id());
      for (LogStream stream : streams.ofProject(projectId)) {
        more |= shorten(project, stream, now);
      }
      more |= shortenProject(project, now);
    }
    return more;
  }

  private boolean shorten(ProjectSummary project, LogStream stream, long now) {
    List<SegmentInfo> oldest = segments.after(stream.id(), stream.purgedThrough(), SEGMENTS_STEP);
    long excess = Long.MIN_VALUE;
    if (project.streamBytes() != null) {
      excess = segments.payloadBytesOf(stream.id(), stream.purgedThrough()) - project.streamBytes();
    }
    long expired =
        project.retentionDays() == null
            ? Long.MIN_VALUE
            : now - TimeUnit.DAYS.toNanos(project.retentionDays());
    long through = stream.purgedThrough();
    for (SegmentInfo info : oldest) {
      if (info.maxTime() >= expired && excess <= 0) {
        break;
      }
      through = info.endLine() - 1;
      excess -= info.payloadBytes();
    }
    return purge(stream, through, now) && oldest.size() == SEGMENTS_STEP;
  }

  /** Takes the oldest segments of the whole project until it fits. */
  private boolean shortenProject(ProjectSummary project, long now) {
    Long limit = project.retentionBytes();
    if (limit == null) {
      return false;
    }
    long projectId = Long.parseLong(project.id());
    long excess = segments.payloadBytesOfProject(projectId) - limit;
    if (excess <= 0) {
      return false;
    }
    for (SegmentInfo info : segments.oldestOfProject(projectId, SEGMENTS_STEP)) {
      if (excess <= 0) {
        return false;
      }
      LogStream stream = streams.lock(List.of(info.streamId())).get(info.streamId());
      if (stream != null) {
        purge(stream, Math.max(stream.purgedThrough(), info.endLine() - 1), now);
      }
      excess -= info.payloadBytes();
    }
    return excess > 0;
  }

  private boolean purge(LogStream stream, long through, long now) {
    long lines = through - stream.purgedThrough();
    if (lines <= 0) {
      return false;
    }
    streams.purge(stream.id(), through);
    refusals.add(stream.projectId(), "logs", "expired", lines, now);
    return true;
  }
}
