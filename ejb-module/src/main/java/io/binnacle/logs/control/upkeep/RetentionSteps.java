package io.binnacle.logs.control.upkeep;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.SegmentAge;
import io.binnacle.logs.store.SegmentUpkeep;
import io.binnacle.logs.store.StreamSize;
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
 * for which its senders would wait. What a project holds is known from the totals of its streams: a
 * round costs two rows a stream, and the segments that go.
 */
@ApplicationScoped
public class RetentionSteps {
  /** Segments that one step looks at. */
  private static final int SEGMENTS = 500;

  private static final int COMMITS = 10_000;
  private static final int WINDOWS = 1_000;

  @Inject LogStreams streams;
  @Inject SegmentUpkeep upkeep;
  @Inject LogClients clients;
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

  /** Forgets senders that are long silent; answers whether there may be more. */
  @RetryConflicts
  @Transactional
  boolean forgetSenders(long before) {
    return clients.removeUnusedSince(before, WINDOWS) == WINDOWS;
  }

  /** What is too old in a project, or too much for one stream. */
  @Transactional
  Due dueInStreams(ProjectSummary project, long now) {
    SortedMap<Long, Long> through = new TreeMap<>();
    if (project.retentionDays() == null && project.streamBytes() == null) {
      return new Due(through, false);
    }
    long expired =
        project.retentionDays() == null
            ? Long.MIN_VALUE
            : now - TimeUnit.DAYS.toNanos(project.retentionDays());
    boolean more = false;
    for (StreamSize stream : streams.sizes(Long.parseLong(project.id()), now)) {
      Long limit = project.streamBytes();
      long excess = limit == null ? 0 : stream.payloadBytes() - limit;
      if (stream.oldestTime() >= expired && excess <= 0) {
        continue;
      }
      List<SegmentAge> oldest =
          upkeep.after(stream.streamId(), stream.purgedThrough(), now, SEGMENTS);
      long last = lastDue(stream.purgedThrough(), oldest, expired, excess);
      if (last > stream.purgedThrough()) {
        through.put(stream.streamId(), last);
        more |= oldest.size() == SEGMENTS;
      }
    }
    return new Due(through, more);
  }

  private static long lastDue(
      long purgedThrough, List<SegmentAge> oldest, long expired, long excess) {
    long last = purgedThrough;
    long left = excess;
    for (SegmentAge segment : oldest) {
      if (segment.time() >= expired && left <= 0) {
        break;
      }
      last = segment.endLine() - 1;
      left -= segment.payloadBytes();
    }
    return last;
  }

  /** The oldest segments of a whole project, as many as it has too much. */
  @Transactional
  Due dueInProject(ProjectSummary project, long now) {
    SortedMap<Long, Long> through = new TreeMap<>();
    Long limit = project.retentionBytes();
    if (limit == null) {
      return new Due(through, false);
    }
    List<StreamSize> sizes = streams.sizes(Long.parseLong(project.id()), now);
    long excess = sizes.stream().mapToLong(StreamSize::payloadBytes).sum() - limit;
    OldestFirst oldest =
        new OldestFirst(sizes, (stream, line, most) -> upkeep.after(stream, line, now, most));
    for (int i = 0; i < SEGMENTS && excess > 0; i++) {
      SegmentAge segment = oldest.next();
      if (segment == null) {
        return new Due(through, false);
      }
      through.put(segment.streamId(), segment.endLine() - 1);
      excess -= segment.payloadBytes();
    }
    return new Due(through, excess > 0);
  }

  /** Purges a stream and counts the lines; what was purged meanwhile stays purged. */
  @RetryConflicts
  @Transactional
  void purge(long streamId, long through, long now) {
    LogStream stream = streams.lock(List.of(streamId)).get(streamId);
    if (stream == null || through <= stream.purgedThrough()) {
      return;
    }
    streams.purge(stream, through);
    refusals.add(stream.projectId(), "logs", "expired", through - stream.purgedThrough(), now);
  }
}
