package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.store.StoreException;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log stores do on every database. */
abstract class LogStoreContract extends StoreContract {
  private static final ProjectScope SCOPE = ProjectScope.granted(7);
  private static final ProjectScope OTHER = ProjectScope.granted(8);
  private static final long NOW = 1_763_712_000_123_456_789L;

  private LogStreams streams;
  private LogClients clients;
  private LogSegments segments;
  private LogCommits commits;
  private long nextId = 1_000;
  private LogOwner owner;

  @Override
  protected void prepare(TestDatabase empty) {
    streams = new LogStreams(empty.dataSource());
    clients = new LogClients(empty.dataSource());
    segments = new LogSegments(empty.dataSource());
    commits = new LogCommits(empty.dataSource());
  }

  @BeforeEach
  void nextOwner() {
    owner = new LogOwner(OwnerKind.RUN, nextId++);
  }

  @Test
  void aStreamComesBackAsItWasMade() {
    LogStream made =
        new LogStream(
            nextId++, 7, owner, "rank-0 视", "{\"gpu\":\"1\"}", "1.2", null, "s", 1, 0, NOW, false);
    database().run(() -> streams.create(made));

    assertEquals(List.of(made), streams.of(SCOPE, owner));
    assertEquals(made, streams.find(SCOPE, owner, "rank-0 视").orElseThrow());
    assertTrue(streams.find(SCOPE, owner, "RANK-0 视").isEmpty());
  }

  @Test
  void anotherProjectSeesNothingOfAStream() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);

    assertEquals(List.of(), streams.of(OTHER, owner));
    assertTrue(streams.find(OTHER, owner, "main").isEmpty());
    assertEquals(List.of(), segments.from(OTHER, stream.id(), 1, 10));
    assertEquals(List.of(), segments.before(OTHER, stream.id(), 10, 10));
    segments.each(OTHER, owner, info -> fail("A segment of another project"));
    assertEquals(List.of(), newest(OTHER, Long.MAX_VALUE, null, 10));
    assertEquals(0, streams.count(OTHER, owner));
  }

  @Test
  void aNameIsTakenOnceForAnOwner() {
    stream("main");
    stream("Main");

    assertThrows(StoreException.class, () -> stream("main"));
    assertEquals(2, streams.of(SCOPE, owner).size());
  }

  @Test
  void lockedStreamsAreAdvancedAndPurged() {
    LogStream a = stream("a");
    LogStream b = stream("b");
    database()
        .run(
            () -> {
              assertEquals(
                  Set.of(a.id(), b.id()), streams.lock(List.of(b.id(), a.id(), 999_999L)).keySet());
              streams.advance(Map.of(a.id(), 11L, b.id(), 21L));
              streams.purge(a.id(), 4);
              streams.purge(a.id(), 3);
            });

    LogStream read = streams.find(SCOPE, owner, "a").orElseThrow();
    assertEquals(11, read.nextLine());
    assertEquals(4, read.purgedThrough());
    assertEquals(6, read.lines());
    assertEquals(21, streams.find(SCOPE, owner, "b").orElseThrow().nextLine());
  }

  @Test
  void aDeletedStreamIsHiddenThenCollectedThenGone() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);
    database().run(() -> clients.insert(Map.of(key(stream, "c"), new ClientWindow())));
    database().run(() -> streams.markDeleted(SCOPE, owner, NOW));

    assertEquals(List.of(), streams.of(SCOPE, owner));
    LogStream garbage =
        streams.withGarbage(1_000).stream()
            .filter(found -> found.id() == stream.id())
            .findFirst()
            .orElseThrow();
    assertTrue(garbage.deleted());
    assertTrue(streams.lock(List.of(stream.id())).get(stream.id()).deleted());

    database()
        .run(
            () -> {
              segments.remove(segments.through(stream.id(), 3, 10));
              streams.remove(stream.id());
            });
    assertTrue(streams.find(SCOPE, owner, "main").isEmpty());
    assertEquals(Map.of(), clients.read(List.of(key(stream, "c"))));
  }

  @Test
  void aWindowComesBackAndIsReplaced() {
    LogStream stream = stream("main");
    LogClients.Key key = key(stream, "client-A");
    ClientWindow window = new ClientWindow();
    for (int i = 1; i < ClientWindow.NUMBERS; i++) {
      window.add(i, new ClientWindow.Stored(i * 31L, i, 2));
    }
    LogClients.Key nextPart = new LogClients.Key(stream.id(), "client-A", 1);
    database().run(() -> clients.insert(Map.of(key, window, nextPart, new ClientWindow())));
    window.add(ClientWindow.NUMBERS, new ClientWindow.Stored(9, 600, 0));
    database().run(() -> clients.update(Map.of(key, window)));

    Map<LogClients.Key, ClientWindow> read =
        clients.read(List.of(key, key(stream, "client-a"), key(stream, "none")));

    assertEquals(Set.of(key), read.keySet());
    assertArrayEquals(window.encode(), read.get(key).encode());
  }

  @Test
  void theWindowsOfManySendersAreRead() {
    LogStream one = stream("one");
    LogStream two = stream("two");
    Map<LogClients.Key, ClientWindow> windows = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      windows.put(key(i % 2 == 0 ? one : two, "client-" + i), new ClientWindow());
    }
    database().run(() -> clients.insert(windows));

    List<LogClients.Key> asked = new ArrayList<>(windows.keySet());
    asked.add(key(two, "client-0"));
    assertEquals(windows.keySet(), clients.read(asked).keySet());
    assertEquals(Map.of(), clients.read(List.of()));
    assertEquals(Map.of(), streams.lock(List.of()));
  }

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
    assertEquals(List.of(1L, 4L), firsts(segments.through(stream.id(), 5, 10)));
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
            info.payloadBytes(),
            info.checksum() + 1);
    LogSegments.Opened damaged = segments.open(List.of(wrong)).get(0);
    assertNull(damaged.segment());
    assertNotNull(damaged.damage());
    database().run(() -> assertEquals(1, segments.remove(List.of(info))));
    assertEquals(List.of(new LogSegments.Opened(info, null, null)), segments.open(List.of(info)));
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
    add(lines, new String(noise, StandardCharsets.US_ASCII), NOW);
    EncodedSegment encoded = new SegmentEncoder().encode(lines, 0, 1);
    database().run(() -> segments.insertHot(List.of(new NewSegment(stream, 1, 5, encoded)), NOW));

    Segment read = open(segments.from(SCOPE, stream.id(), 1, 1).get(0));

    assertArrayEquals(noise, read.message(0).getBytes(StandardCharsets.US_ASCII));
  }

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
      List<SegmentInfo> page = newest(SCOPE, Long.MAX_VALUE, after, 3);
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
    assertEquals(List.of(6, 7, 8), segments.buckets(SCOPE, owner, 6));
    assertEquals(2, segments.inBucket(SCOPE, owner, 7, 0).size());
    assertEquals(List.of(900L), firsts(segments.inBucket(SCOPE, owner, SegmentInfo.WIDE, 0)));
  }

  @Test
  void aMergedViewThatGoesOnSkipsWhatItHasSeen() {
    LogStream stream = stream("main");
    for (int i = 0; i < 10; i++) {
      append(stream, 1 + 2 * i, 2, 5, 5_000 + 10 * i);
    }

    assertEquals(List.of(9L, 7L, 5L, 3L, 1L), firsts(newest(SCOPE, 5_040, null, 10)));
    SegmentInfo third = newest(SCOPE, 5_040, null, 10).get(2);
    assertEquals(List.of(3L, 1L), firsts(newest(SCOPE, 5_040, third, 10)));
    assertEquals(
        List.of(17L, 19L),
        firsts(segments.inBucket(SCOPE, owner, 5, 5_081)).stream().sorted().toList());
  }

  @Test
  void compactionFindsTheOldestSegmentsOfAStateAndReplacesThem() {
    LogStream stream = stream("main");
    for (long first : new long[] {1, 4, 7}) {
      NewSegment made = segment(stream, first, 3, 5, 5_000);
      database().run(() -> segments.insert(List.of(made), SegmentState.HOT, 100 + first));
    }

    LogSegments.Place place = new LogSegments.Place(stream.id(), 1);
    assertNull(segments.oldest(SegmentState.WARM, 1_000));
    assertNull(segments.oldest(SegmentState.HOT, 101));
    assertEquals(place, segments.oldest(SegmentState.HOT, 102));
    List<SegmentInfo> hot = segments.run(SegmentState.HOT, place, 2);
    assertEquals(List.of(1L, 4L), firsts(hot));

    database()
        .run(
            () -> {
              assertEquals(2, segments.remove(hot));
              segments.insert(List.of(segment(stream, 1, 6, 5, 5_000)), SegmentState.WARM, 500);
            });
    assertEquals(place, segments.oldest(SegmentState.WARM, 501));
    List<SegmentInfo> warm = segments.run(SegmentState.WARM, place, 10);
    assertEquals(List.of(1L), firsts(warm));
    assertEquals(List.of(), segments.run(SegmentState.HOT, place, 10));
    assertEquals(new LogSegments.Place(stream.id(), 7), segments.oldest(SegmentState.HOT, 1_000));
    assertEquals(List.of(1L, 7L), firsts(segments.from(SCOPE, stream.id(), 5, 10)));
    assertTrue(segments.payloadBytesOf(stream.id(), 0) > 0);

    List<SegmentInfo> last = segments.from(SCOPE, stream.id(), 7, 1);
    database().run(() -> segments.mark(warm.get(0), SegmentState.COMPACT));
    database().run(() -> segments.mark(last.get(0), SegmentState.COMPACT));
    assertNull(segments.oldest(SegmentState.WARM, 1_000));
    assertNull(segments.oldest(SegmentState.HOT, 1_000));
  }

  @Test
  void aSegmentThatThePurgeMarkCutsIsNoGarbage() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);
    append(stream, 4, 3, 5);
    assertFalse(hasGarbage(stream));
    database().run(() -> streams.purge(stream.id(), 5));

    assertEquals(List.of(1L), firsts(segments.through(stream.id(), 5, 10)));
    assertTrue(hasGarbage(stream));
    database().run(() -> segments.remove(segments.through(stream.id(), 5, 10)));
    assertEquals(List.of(), segments.through(stream.id(), 5, 10));
    assertEquals(List.of(4L), firsts(segments.from(SCOPE, stream.id(), 1, 10)));
  }

  @Test
  void aStreamIsCleanWhenNothingWasPurgedMeanwhile() {
    LogStream stream = stream("main");
    database().run(() -> streams.purge(stream.id(), 5));
    LogStream seen = streams.of(SCOPE, owner).get(0);
    database().run(() -> streams.purge(stream.id(), 6));

    database().run(() -> streams.markClean(seen));
    assertTrue(hasGarbage(stream));
    database().run(() -> streams.markClean(streams.of(SCOPE, owner).get(0)));
    assertFalse(hasGarbage(stream));
  }

  private boolean hasGarbage(LogStream stream) {
    return streams.withGarbage(1_000).stream().anyMatch(found -> found.id() == stream.id());
  }

  @Test
  void aFeedIsReadInOrderFromAnyPlace() {
    long writer = nextId++;
    assertEquals(0, commits.last(writer));
    for (int seq = 1; seq <= 3; seq++) {
      int lines = seq;
      database()
          .run(
              () ->
                  commits.add(
                      new LogCommits.Entry(
                          writer,
                          lines,
                          List.of(
                              new LogAppend(owner.id(), 5, 1L << 40, lines),
                              new LogAppend(owner.id(), 6, 1, 1))),
                      NOW + lines));
    }

    assertEquals(
        List.of(2L, 3L), commits.after(writer, 1).stream().map(LogCommits.Entry::seq).toList());
    assertEquals(
        new LogAppend(owner.id(), 5, 1L << 40, 3),
        commits.after(writer, 2).get(0).appends().get(0));
    assertEquals(3, commits.last(writer));
    database().run(() -> commits.removeBefore(NOW + 3, 100));
    assertEquals(
        List.of(3L), commits.after(writer, 0).stream().map(LogCommits.Entry::seq).toList());
  }

  @Test
  void aGroupThatFailsLeavesNothing() {
    LogStream stream = stream("main");
    assertThrows(
        IllegalStateException.class,
        () ->
            database()
                .run(
                    () -> {
                      streams.lock(List.of(stream.id()));
                      segments.insertHot(List.of(segment(stream, 1, 3, 5, 5_000)), NOW);
                      streams.advance(Map.of(stream.id(), 4L));
                      throw new IllegalStateException("full");
                    }));

    assertEquals(1, streams.find(SCOPE, owner, "main").orElseThrow().nextLine());
    assertEquals(List.of(), segments.from(SCOPE, stream.id(), 1, 10));
  }

  @Test
  void migratingAgainChangesNothing() {
    assertEquals(0, database().migrate());
  }

  private Segment open(SegmentInfo info) {
    Segment segment = segments.open(List.of(info)).get(0).segment();
    assertNotNull(segment);
    return segment;
  }

  private List<SegmentInfo> newest(
      ProjectScope scope, long through, @Nullable SegmentInfo after, int limit) {
    return segments.newest(scope, owner, 5, SegmentInfo.WIDE - 1, through, after, limit);
  }

  private static LogClients.Key key(LogStream stream, String client) {
    return new LogClients.Key(stream.id(), client, 0);
  }

  private static List<Long> firsts(List<SegmentInfo> found) {
    return found.stream().map(SegmentInfo::firstLine).toList();
  }

  private LogStream stream(String name) {
    LogStream stream =
        new LogStream(nextId++, 7, owner, name, "{}", null, null, null, 1, 0, NOW, false);
    database().run(() -> streams.create(stream));
    return stream;
  }

  private void append(LogStream stream, long first, int count, int bucket) {
    append(stream, first, count, bucket, bucket * 1_000L);
  }

  private void append(LogStream stream, long first, int count, int bucket, long time) {
    NewSegment made = segment(stream, first, count, bucket, time);
    database().run(() -> segments.insertHot(List.of(made), NOW));
  }

  private static NewSegment segment(
      LogStream stream, long first, int count, int bucket, long time) {
    LineBuffer lines = new LineBuffer();
    IntStream.range(0, count).forEach(i -> add(lines, "line " + i, time + i));
    return new NewSegment(stream, first, bucket, new SegmentEncoder().encode(lines, 0, count));
  }

  private static void add(LineBuffer lines, String message, long time) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    lines.add(
        lines.level("INFO", 9),
        lines.source("stdout"),
        time,
        0,
        LineBuffer.NO_CLIENT_LINE,
        text.length,
        text,
        0,
        text.length,
        new byte[0],
        0,
        0);
  }
}
