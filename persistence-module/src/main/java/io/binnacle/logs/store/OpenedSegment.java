package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.logs.store.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A segment that was to be opened. Neither a content nor a damage: it is gone.
 *
 * @param damage why it can't be read
 */
public record OpenedSegment(
    SegmentInfo info, @Nullable Segment segment, @Nullable CorruptSegmentException damage) {

  /** Checks and opens a payload; null stands for one that is gone. */
  static OpenedSegment of(SegmentInfo info, byte @Nullable [] payload) {
    if (payload == null) {
      return new OpenedSegment(info, null, null);
    }
    try {
      return new OpenedSegment(info, Segment.open(payload, info.checksum()), null);
    } catch (CorruptSegmentException e) {
      return new OpenedSegment(info, null, e);
    }
  }

  /**
   * The content.
   *
   * @throws CorruptSegmentException when it is damaged or gone
   */
  public Segment readable() {
    if (segment != null) {
      return segment;
    }
    throw damage != null ? damage : new CorruptSegmentException("The payload is missing");
  }
}
