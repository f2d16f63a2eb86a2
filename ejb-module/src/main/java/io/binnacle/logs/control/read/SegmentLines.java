package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.Segment;
import java.nio.charset.StandardCharsets;

/** Makes lines of a segment. */
final class SegmentLines {
  private SegmentLines() {}

  /**
   * @param index counted in the segment from 0
   */
  static LogLine line(SegmentInfo info, Segment segment, int index) {
    LineBuffer.Level level = segment.level(index);
    int fieldsStart = segment.fieldsStart(index);
    int fieldsSize = segment.fieldsEnd(index) - fieldsStart;
    return new LogLine(
        info.streamId(),
        info.firstLine() + index,
        level.name(),
        level.severity(),
        segment.message(index),
        segment.times()[index],
        segment.source(index),
        segment.clientLine(index),
        fieldsSize == 0
            ? null
            : new String(segment.fields(), fieldsStart, fieldsSize, StandardCharsets.UTF_8),
        segment.flags(index),
        segment.originalBytes(index));
  }
}
