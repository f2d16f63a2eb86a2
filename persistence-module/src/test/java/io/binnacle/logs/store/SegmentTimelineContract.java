package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the order of time is on every database. */
abstract class SegmentTimelineContract extends LogStoreContract {
  @Test
  void mergedViewsPageFromTheNewestBucketWithoutTheWideOne() {
    LogStream a = stream("a");
    LogStream b = stream("b");
    List<long[]> places = new ArrayList<>();
    for (int bucket = 5; bucket < 9; bucket++) {
      for (LogStream stream : List.of(a, b)) {
        long first = (bucket - 4) * 10L;
        append(stream, first, 2, bucket);
        places.add(new long[] {bucket, stream.id(), first});
      }
    }
    append(a, 900, 1, SegmentInfo.WIDE);

    List<Integer> buckets = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    SegmentInfo after = null;
    while (true) {
      List<SegmentInfo> page = timeline.newest(SCOPE, until(Long.MAX_VALUE), after, 3);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(s -> seen.add(s.streamId() + ":" + s.firstLine()));
      page.forEach(s -> buckets.add(s.bucket()));
      after = page.get(page.size() - 1);
    }

    assertEquals(places.size(), seen.size());
    assertEquals(places.size(), Set.copyOf(seen).size());
    assertEquals(List.of(8, 8, 7, 7, 6, 6, 5, 5), buckets);
    assertEquals(List.of(6, 7, 8), timeline.buckets(SCOPE, owner, 6));
    assertEquals(2, timeline.oldest(SCOPE, hour(7, 0), null, 10).size());
    assertEquals(List.of(900L), firsts(timeline.oldest(SCOPE, wide(0, Long.MAX_VALUE), null, 10)));
  }

  @Test
  void aMergedViewThatGoesOnSkipsWhatItHasSeen() {
    LogStream stream = stream("main");
    for (int i = 0; i < 10; i++) {
      append(stream, 1 + 2 * i, 2, 5, 5_000 + 10 * i);
    }

    assertEquals(
        List.of(9L, 7L, 5L, 3L, 1L), firsts(timeline.newest(SCOPE, until(5_040), null, 10)));
    SegmentInfo third = timeline.newest(SCOPE, until(5_040), null, 10).get(2);
    assertEquals(List.of(3L, 1L), firsts(timeline.newest(SCOPE, until(5_040), third, 10)));
    Set<Long> again = new HashSet<>();
    timeline.newestThrough(SCOPE, until(5_040), third, info -> again.add(info.firstLine()));
    assertEquals(Set.of(9L, 7L, 5L), again);
    assertEquals(List.of(17L, 19L), firsts(timeline.oldest(SCOPE, hour(5, 5_081), null, 10)));
  }

  @Test
  void aViewFromTheOldestLinePagesThroughABucket() {
    LogStream a = stream("a");
    LogStream b = stream("b");
    for (int i = 0; i < 4; i++) {
      append(a, 10 + i, 1, SegmentInfo.WIDE, 5_000 - 10 * i);
      append(b, 20 + i, 1, SegmentInfo.WIDE, 5_000 - 10 * i);
    }

    List<Long> seen = new ArrayList<>();
    SegmentInfo after = null;
    List<SegmentInfo> page;
    while (!(page = timeline.oldest(SCOPE, wide(4_980, 4_999), after, 3)).isEmpty()) {
      seen.addAll(firsts(page));
      after = page.get(page.size() - 1);
    }

    assertEquals(List.of(12L, 22L, 11L, 21L), seen);
    SegmentInfo third = timeline.oldest(SCOPE, wide(4_980, 4_999), null, 3).get(2);
    Set<Long> again = new HashSet<>();
    timeline.oldestThrough(SCOPE, wide(4_980, 4_999), third, info -> again.add(info.firstLine()));
    assertEquals(Set.of(12L, 22L, 11L), again);
  }

  /** All hours, but for what is all later. */
  private SegmentRange until(long last) {
    return new SegmentRange(owner, 5, SegmentInfo.WIDE - 1, 0, last);
  }

  private SegmentRange hour(int bucket, long first) {
    return new SegmentRange(owner, bucket, bucket, first, Long.MAX_VALUE);
  }

  private SegmentRange wide(long first, long last) {
    return new SegmentRange(owner, SegmentInfo.WIDE, SegmentInfo.WIDE, first, last);
  }
}
