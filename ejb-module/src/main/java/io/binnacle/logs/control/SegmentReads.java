package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Refusals;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The short transactions of which every search consists: none lasts longer than one query, so a
 * slow search or a slow reader holds no connection.
 */
@ApplicationScoped
public class SegmentReads {
  private static final Logger LOG = System.getLogger(SegmentReads.class.getName());

  @Inject LogStreams streams;
  @Inject LogSegments segments;
  @Inject Refusals refusals;
  @Inject Clock clock;

  /** The streams of an owner. */
  @Transactional
  public List<LogStream> streams(ProjectScope scope, LogOwner owner) {
    return streams.of(scope, owner);
  }

  /** All metadata of an owner. */
  @Transactional
  public List<SegmentInfo> of(ProjectScope scope, LogOwner owner) {
    return segments.of(scope, owner);
  }

  /** Metadata of a stream from a line on, oldest first. */
  @Transactional
  public List<SegmentInfo> from(ProjectScope scope, long streamId, long line, int limit) {
    return segments.from(scope, streamId, line, limit);
  }

  /** Metadata of a stream before a line, newest first. */
  @Transactional
  public List<SegmentInfo> before(ProjectScope scope, long streamId, long line, int limit) {
    return segments.before(scope, streamId, line, limit);
  }

  /** Metadata of an owner in falling order of time. */
  @Transactional
  public List<SegmentInfo> newest(
      ProjectScope scope,
      LogOwner owner,
      int fromBucket,
      int toBucket,
      @Nullable SegmentInfo after,
      int limit) {
    return segments.newest(scope, owner, fromBucket, toBucket, after, limit);
  }

  /** Metadata of one bucket. */
  @Transactional
  public List<SegmentInfo> inBucket(ProjectScope scope, LogOwner owner, int bucket) {
    return segments.inBucket(scope, owner, bucket);
  }

  /** The buckets of an owner, oldest first. */
  @Transactional
  public List<Integer> buckets(ProjectScope scope, LogOwner owner, int from) {
    return segments.buckets(scope, owner, from);
  }

  /**
   * Opens a segment.
   *
   * @return null when it is gone, or damaged: that is counted, and the search goes on without it
   */
  @Transactional
  public @Nullable Segment open(ProjectScope scope, SegmentInfo info) {
    try {
      return segments.open(info);
    } catch (CorruptSegmentException e) {
      LOG.log(
          Level.ERROR,
          "The segment of stream "
              + info.streamId()
              + " at line "
              + info.firstLine()
              + " is damaged",
          e);
      refusals.add(scope.projectId(), "logs", "damaged_segment", 1, Times.nanos(clock.instant()));
      return null;
    }
  }
}
