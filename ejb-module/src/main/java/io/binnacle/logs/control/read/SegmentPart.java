package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.Segment;

/**
 * Lines of an opened segment: mostly all of them. When compaction replaced a segment between its
 * finding and its opening, those of the larger one that stand for it.
 *
 * @param from counted in the segment from 0
 * @param to one after the last
 */
record SegmentPart(SegmentInfo info, Segment segment, int from, int to) {
  static SegmentPart all(SegmentInfo info, Segment segment) {
    return new SegmentPart(info, segment, 0, info.lines());
  }

  long firstLine() {
    return info.firstLine() + from;
  }

  long endLine() {
    return info.firstLine() + to;
  }
}
