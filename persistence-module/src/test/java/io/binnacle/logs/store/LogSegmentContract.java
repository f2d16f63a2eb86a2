package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.testing.TestLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the store of segments and of their upkeep does on every database. */
abstract class LogSegmentContract extends LogStoreContract {
  @Test
  void aSegmentIsFoundByAnyOfItsLines() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);
    append(stream, 4, 2, 5);
    append(stream, 6, 4, 5);

    assertEquals(List.of(1L, 4L, 6L), firsts(segments.from(SCOPE, stream.id(), 1, 10)));
    assertEquals(List.of(1L, 4L, 6L), firsts(segments.from(SCOPE, stream.id(), 3, 10)));
    assertEquals(List.of(4L, 6L), firsts(segments.from(SCOPE, stream.id(), 4, 10)));
    assertEquals(List.of(6L), firsts(segments.from(SCOPE, stream.id(), 9, 10)));
    assertEquals(List.of(), firsts(segments.from(SCOPE, stream.id(), 10, 10)));
    assertEquals(List.of(6L, 4L), firsts(segments.before(SCOPE, stream.id(), 100, 2)));
    assertEquals(List.of(1L), firsts(segments.before(SCOPE, stream.id(), 4, 2)));
    assertEquals(List.of(1L, 4L), firsts(upkeep.through(stream.id(), 5, 10)));
  }

  @Test
  void aPayloadComesBackAndAChangedOneIsRefused() {
    LogStream stream = stream("main");
    append(stream, 1, 2_000, 5);
    SegmentInfo info = segments.from(SCOPE, stream.id(), 1, 1).get(0);

    Segment segment = open(info);
    assertEquals(2_000, segment.lines());
    assertEquals("line 1999", segment.message(1_999));
    assertEquals(2_000, info.lines());

    SegmentInfo wrong =
        new SegmentInfo(
            info.streamId(),
            info.firstLine(),
            info.lines(),
            info.bucket(),
            info.minTime(),
            info.maxTime(),
            info.severityMask(),
            info.levelCounts(),
            info.sourceCounts(),
            info.rawBytes(),
            info.payloadId(),
            info.payloadBytes(),
            info.checksum() + 1);
    OpenedSegment damaged = segments.open(List.of(wrong)).get(0);
    assertNull(damaged.segment());
    assertNotNull(damaged.damage());
    database().run(() -> assertEquals(1, upkeep.remove(List.of(info))));
    assertEquals(List.of(new OpenedSegment(info, null, null)), segments.open(List.of(info)));
  }

  @Test
  void aLargePayloadIsStoredWhole() {
    LogStream stream = stream("main");
    Random random = new Random(3);
    LineBuffer lines = new LineBuffer();
    byte[] noise = new byte[250 << 10];
    random.nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (33 + (noise[i] & 63));
    }
    TestLogs.add(lines, NOW, new String(noise, StandardCharsets.US_ASCII));
    NewSegment made = TestLogs.segment(stream, 1, 5, lines);
    database().run(() -> segments.insertHot(List.of(made), NOW));

    Segment read = open(segments.from(SCOPE, stream.id(), 1, 1).get(0));

    assertArrayEquals(noise, read.message(0).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void allSegmentsOfALargeLogAreShown() {
    LogStream stream = stream("main");
    List<NewSegment> made = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      made.add(segment(stream, 1 + i, 1, 5, 5_000));
    }
    database().run(() -> segments.insert(made, SegmentState.HOT, 100));

    Set<Long> shown = new HashSet<>();
    database()
        .run(
            () -> {
              segments.each(SCOPE, owner, info -> shown.add(info.firstLine()));
              assertFalse(segments.from(SCOPE, stream.id(), 1, 1).isEmpty());
            });

    assertEquals(500, shown.size());
  }

  @Test
  void manySegmentsAreWrittenAtOnceAndOpenedUpwardsDownwardsAndInPart() {
    LogStream stream = stream("main");
    List<NewSegment> made = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      made.add(segment(stream, 1 + 3 * i, 3, 5, 5_000));
    }
    database().run(() -> segments.insert(made, SegmentState.HOT, 100));
    List<SegmentInfo> all = segments.from(SCOPE, stream.id(), 1, 100);
    assertEquals(70, all.size());

    List<SegmentInfo> downwards = new ArrayList<>(all);
    Collections.reverse(downwards);
    List<SegmentInfo> some = List.of(all.get(3), all.get(9), all.get(10));
    for (List<SegmentInfo> asked : List.of(all, downwards, some)) {
      List<OpenedSegment> opened = segments.open(asked);
      assertEquals(asked, opened.stream().map(OpenedSegment::info).toList());
      opened.forEach(segment -> assertEquals(3, segment.readable().lines()));
    }
  }

  @Test
  void compactionFindsTheOldestSegmentsOfAStateAndReplacesThem() {
    LogStream stream = stream("main");
    for (long first : new long[] {1, 4, 7}) {
      NewSegment made = segment(stream, first, 3, 5, 5_000);
      database().run(() -> segments.insert(List.of(made), SegmentState.HOT, 100 + first));
    }

    SegmentPlace place = new SegmentPlace(stream.id(), 1);
    assertNull(upkeep.oldest(SegmentState.WARM, 1_000));
    assertNull(upkeep.oldest(SegmentState.HOT, 101));
    assertEquals(new SegmentUpkeep.Due(place, 101), upkeep.oldest(SegmentState.HOT, 102));
    List<SegmentInfo> hot = upkeep.run(SegmentState.HOT, place, 2);
    assertEquals(List.of(1L, 4L), firsts(hot));

    database()
        .run(
            () -> {
              assertEquals(2, upkeep.remove(hot));
              segments.insert(List.of(segment(stream, 1, 6, 5, 5_000)), SegmentState.WARM, 500);
            });
    assertEquals(new SegmentUpkeep.Due(place, 500), upkeep.oldest(SegmentState.WARM, 501));
    List<SegmentInfo> warm = upkeep.run(SegmentState.WARM, place, 10);
    assertEquals(List.of(1L), firsts(warm));
    assertEquals(List.of(), upkeep.run(SegmentState.HOT, place, 10));
    assertEquals(
        new SegmentUpkeep.Due(new SegmentPlace(stream.id(), 7), 107),
        upkeep.oldest(SegmentState.HOT, 1_000));
    assertEquals(List.of(1L, 7L), firsts(segments.from(SCOPE, stream.id(), 5, 10)));

    List<SegmentInfo> last = segments.from(SCOPE, stream.id(), 7, 1);
    database().run(() -> upkeep.mark(warm.get(0), SegmentState.COMPACT));
    database().run(() -> upkeep.mark(last.get(0), SegmentState.COMPACT));
    assertNull(upkeep.oldest(SegmentState.WARM, 1_000));
    assertNull(upkeep.oldest(SegmentState.HOT, 1_000));
  }

  @Test
  void aSegmentThatThePurgeMarkCutsIsNoGarbage() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);
    append(stream, 4, 3, 5);
    assertFalse(hasGarbage(stream));
    database().run(() -> streams.purge(stream, 5));

    assertEquals(List.of(1L), firsts(upkeep.through(stream.id(), 5, 10)));
    assertTrue(hasGarbage(stream));
    database().run(() -> upkeep.remove(upkeep.through(stream.id(), 5, 10)));
    assertEquals(List.of(), upkeep.through(stream.id(), 5, 10));
    assertEquals(List.of(4L), firsts(segments.from(SCOPE, stream.id(), 1, 10)));
  }

  @Test
  void retentionSeesWhatLiesBehindALineAlsoInTheMiddleOfASegment() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5, 5_000);
    append(stream, 4, 3, 5, 6_000);
    append(stream, 7, 3, 5, NOW + 1);

    assertEquals(List.of(4L, 7L, 10L), ends(upkeep.after(stream.id(), 0, NOW, 10)));
    assertEquals(List.of(4L, 7L), ends(upkeep.after(stream.id(), 2, NOW, 2)));
    assertEquals(List.of(7L, 10L), ends(upkeep.after(stream.id(), 3, NOW, 10)));
    assertEquals(List.of(7L, 10L), ends(upkeep.after(stream.id(), 4, NOW, 10)));
    assertEquals(List.of(), ends(upkeep.after(stream.id(), 9, NOW, 10)));
    assertEquals(
        List.of(5_002L, 6_002L, NOW),
        upkeep.after(stream.id(), 0, NOW, 10).stream().map(SegmentAge::time).toList());
  }

  private static List<Long> ends(List<SegmentAge> found) {
    return found.stream().map(SegmentAge::endLine).toList();
  }

  private Segment open(SegmentInfo info) {
    Segment segment = segments.open(List.of(info)).get(0).segment();
    assertNotNull(segment);
    return segment;
  }
}
