package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.CorruptSegmentException;
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
    assertEquals(List.of(), segments.of(OTHER, owner));
    assertEquals(List.of(), segments.newest(OTHER, owner, 0, SegmentInfo.WIDE - 1, null, 10));
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

    Segment segment = present(segments.open(info));
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
    assertThrows(CorruptSegmentException.class, () -> segments.open(wrong));
    database().run(() -> assertEquals(1, segments.remove(List.of(info))));
    assertNull(segments.open(info));
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

    Segment read = present(segments.open(segments.from(SCOPE, stream.id(), 1, 1).get(0)));

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
      List<SegmentInfo> page = segments.newest(SCOPE, owner, 5, SegmentInfo.WIDE - 1, after, 3);
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
    assertEquals(2, segments.inBucket(SCOPE, owner, 7).size());
    assertEquals(List.of(900L), firsts(segments.inBucket(SCOPE, owner, SegmentInfo.WIDE)));
  }

  @Test
  void compactionFindsOldHotSegmentsAndReplacesThem() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);
    append(stream, 4, 3, 5);

    assertEquals(List.of(), segments.hot(stream.id(), 0, NOW, 10));
    List<SegmentInfo> hot = segments.hot(stream.id(), 0, NOW + 1, 10);
    assertEquals(List.of(1L, 4L), firsts(hot));
    assertEquals(List.of(4L), firsts(segments.hot(stream.id(), 3, NOW + 1, 10)));
    assertTrue(segments.streamsWithHot(NOW + 1, stream.id() - 1, 10).contains(stream.id()));

    database()
        .run(
            () -> {
              segments.remove(hot);
              segments.insertCompact(List.of(segment(stream, 1, 6, 5)), NOW);
            });
    assertEquals(List.of(), segments.hot(stream.id(), 0, NOW + 1, 10));
    assertEquals(List.of(1L), firsts(segments.from(SCOPE, stream.id(), 5, 10)));
    assertTrue(segments.payloadBytesOf(stream.id(), 0) > 0);
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
                      segments.insertHot(List.of(segment(stream, 1, 3, 5)), NOW);
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

  private static <T> T present(T value) {
    assertNotNull(value);
    return value;
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
    NewSegment made = segment(stream, first, count, bucket);
    database().run(() -> segments.insertHot(List.of(made), NOW));
  }

  private static NewSegment segment(LogStream stream, long first, int count, int bucket) {
    LineBuffer lines = new LineBuffer();
    IntStream.range(0, count).forEach(i -> add(lines, "line " + i, bucket * 1_000L + i));
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
