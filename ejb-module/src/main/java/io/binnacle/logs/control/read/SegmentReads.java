package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentRange;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.OpenedSegment;
import io.binnacle.logs.store.SegmentTimeline;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The short transactions of which every search consists: none lasts longer than one query, so a
 * slow search or a slow reader holds no connection.
 */
@ApplicationScoped
public class SegmentReads {
  /** Compaction replaces a segment twice at most: first by a larger one, then by its last. */
  private static final int ATTEMPTS = 3;

  @Inject LogStreams streams;
  @Inject LogSegments segments;
  @Inject SegmentTimeline timeline;
  @Inject DamagedSegments damaged;

  /** The streams of an owner. */
  @Transactional
  public List<LogStream> streams(ProjectScope scope, LogOwner owner) {
    return streams.of(scope, owner);
  }

  /** The streams of an owner, with what they say of themselves. */
  @Transactional
  public List<DescribedStream> described(ProjectScope scope, LogOwner owner) {
    return streams.described(scope, owner);
  }

  /** Shows all metadata of an owner, as it is at one moment. */
  @Transactional
  public void each(ProjectScope scope, LogOwner owner, Consumer<SegmentInfo> visitor) {
    segments.each(scope, owner, visitor);
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

  /** Metadata in falling order of time. */
  @Transactional
  public List<SegmentInfo> newest(
      ProjectScope scope, SegmentRange range, @Nullable SegmentInfo after, int limit) {
    return timeline.newest(scope, range, after, limit);
  }

  /** What stands now in the place of metadata that was read in falling order of time. */
  @Transactional
  public void newestThrough(
      ProjectScope scope, SegmentRange range, SegmentInfo through, Consumer<SegmentInfo> visitor) {
    timeline.newestThrough(scope, range, through, visitor);
  }

  /** Metadata of a range's first bucket in rising order of time. */
  @Transactional
  public List<SegmentInfo> oldest(
      ProjectScope scope, SegmentRange range, @Nullable SegmentInfo after, int limit) {
    return timeline.oldest(scope, range, after, limit);
  }

  /** What stands now in the place of metadata that was read in rising order of time. */
  @Transactional
  public void oldestThrough(
      ProjectScope scope, SegmentRange range, SegmentInfo through, Consumer<SegmentInfo> visitor) {
    timeline.oldestThrough(scope, range, through, visitor);
  }

  /** The buckets of an owner, oldest first. */
  @Transactional
  public List<Integer> buckets(ProjectScope scope, LogOwner owner, int from) {
    return timeline.buckets(scope, owner, from);
  }

  /**
   * Opens segments. What is damaged is told and left out; what compaction replaced since it was
   * found is looked up again, so that no line is missed.
   *
   * @return for each what holds its lines
   */
  @Transactional
  public List<List<SegmentPart>> open(ProjectScope scope, List<SegmentInfo> infos) {
    List<List<SegmentPart>> all = new ArrayList<>();
    for (OpenedSegment opened : segments.open(infos)) {
      if (opened.segment() != null) {
        all.add(List.of(SegmentPart.all(opened.info(), opened.segment())));
      } else if (opened.damage() != null) {
        damaged.found(scope, opened.info(), opened.damage());
        all.add(List.of());
      } else {
        all.add(instead(scope, opened.info()));
      }
    }
    return all;
  }

  /** What holds the lines of a segment that is gone; nothing when they were deleted. */
  private List<SegmentPart> instead(ProjectScope scope, SegmentInfo gone) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<SegmentInfo> found =
          segments.from(scope, gone.streamId(), gone.firstLine(), gone.lines()).stream()
              .filter(info -> info.firstLine() < gone.endLine())
              .toList();
      if (found.isEmpty()) {
        return List.of();
      }
      List<OpenedSegment> opened = segments.open(found);
      if (opened.stream().allMatch(one -> one.segment() != null)) {
        return opened.stream().map(one -> part(one, gone)).toList();
      }
    }
    damaged.found(scope, gone, new CorruptSegmentException("The payload is missing"));
    return List.of();
  }

  private static SegmentPart part(OpenedSegment opened, SegmentInfo gone) {
    SegmentInfo info = opened.info();
    return new SegmentPart(
        info,
        Objects.requireNonNull(opened.segment()),
        (int) Math.max(0, gone.firstLine() - info.firstLine()),
        (int) Math.min(info.lines(), gone.endLine() - info.firstLine()));
  }
}
