package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.Bucket;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.SegmentEncoder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/** Cuts lines into segments and encodes them, on the thread that asks for it. */
@ApplicationScoped
public class SegmentCutting {
  /**
   * A sender with times all over the day would else get a segment for every line; after so many the
   * rest goes into one wide segment.
   */
  private static final int MAX_BUCKET_CHANGES = 8;

  /** More are rarely at work at once, and each may hold two megabytes. */
  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();

  /** The one that was used last is used first: the processor still has it in its cache. */
  private final BlockingDeque<SegmentEncoder> idle = new LinkedBlockingDeque<>(KEPT);

  /**
   * Cuts lines as they came: at the hours, and where a segment is full.
   *
   * @param now nanoseconds since 1970; lines far from it go into wide segments
   */
  List<SegmentCut> byHour(LineBuffer lines, long now) {
    List<SegmentCut> cuts = new ArrayList<>();
    int changes = 0;
    int from = 0;
    while (from < lines.lines()) {
      boolean wide = changes++ >= MAX_BUCKET_CHANGES;
      int bucket = wide ? SegmentInfo.WIDE : Bucket.of(lines.time(from), now);
      int to = from + 1;
      while (to < lines.lines() && (wide || Bucket.of(lines.time(to), now) == bucket)) {
        to++;
      }
      cut(lines, bucket, from, to, cuts);
      from = to;
    }
    return cuts;
  }

  /**
   * Cuts lines of one bucket where a segment is full.
   *
   * @param bucket the hour since 1970 to which they belong, or {@code SegmentInfo.WIDE}
   * @return in the order of the lines; none without lines
   */
  public List<SegmentCut> within(int bucket, LineBuffer lines) {
    List<SegmentCut> cuts = new ArrayList<>();
    cut(lines, bucket, 0, lines.lines(), cuts);
    return cuts;
  }

  private void cut(LineBuffer lines, int bucket, int from, int to, List<SegmentCut> cuts) {
    SegmentEncoder used = idle.pollFirst();
    SegmentEncoder encoder = used == null ? new SegmentEncoder() : used;
    int start = from;
    while (start < to) {
      int end = SegmentEncoder.end(lines, start, to);
      cuts.add(new SegmentCut(bucket, start, encoder.encode(lines, start, end)));
      start = end;
    }
    if (!idle.offerFirst(encoder)) {
      encoder.close();
    }
  }
}
