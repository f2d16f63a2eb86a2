package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.SegmentInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers segments that are opened at once: a question to the database for each would cost more
 * than its content. First as many as a page may need, then twice as many each time.
 */
final class SegmentBatch {
  private static final int MOST_SEGMENTS = 128;

  /** Text, uncompressed: all of it may be in memory. */
  private static final int MOST_BYTES = 4 << 20;

  private long wantedLines;
  private List<SegmentInfo> gathered = new ArrayList<>();
  private long lines;
  private long bytes;

  /**
   * @param pageLines lines that are wanted
   */
  SegmentBatch(int pageLines) {
    wantedLines = pageLines;
  }

  void add(SegmentInfo info) {
    gathered.add(info);
    lines += info.lines();
    bytes += info.rawBytes();
  }

  boolean isFull() {
    return gathered.size() >= MOST_SEGMENTS || lines >= wantedLines || bytes >= MOST_BYTES;
  }

  /** What was gathered; the next batch begins. */
  List<SegmentInfo> take() {
    List<SegmentInfo> taken = gathered;
    gathered = new ArrayList<>();
    lines = 0;
    bytes = 0;
    if (!taken.isEmpty()) {
      wantedLines *= 2;
    }
    return taken;
  }
}
