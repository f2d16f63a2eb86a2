package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;

/** Where a segment is: the key of its metadata. */
public record SegmentPlace(long streamId, long firstLine) {
  /** Where this one is. */
  public static SegmentPlace of(SegmentInfo info) {
    return new SegmentPlace(info.streamId(), info.firstLine());
  }
}
