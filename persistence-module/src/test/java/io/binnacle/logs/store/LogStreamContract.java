package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentRange;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.platform.store.StoreException;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestDatabase;
import io.binnacle.testing.TestLogs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the stores of streams, of their senders and of the commit feed do on every database. */
abstract class LogStreamContract extends LogStoreContract {
  private LogClients clients;
  private LogCommits commits;

  @Override
  protected void prepare(TestDatabase empty) {
    super.prepare(empty);
    clients = new LogClients(empty.dataSource());
    commits = new LogCommits(empty.dataSource());
  }

  @Test
  void aStreamComesBackAsItWasMade() {
    LogStream made = new LogStream(nextId(), 7, owner, "rank-0 视", 1, 0, NOW, false);
    StreamDescription said = new StreamDescription("{\"gpu\":\"1\"}", "1.2", null, "s");
    database().run(() -> streams.create(made, said));

    assertEquals(List.of(made), streams.of(SCOPE, owner));
    DescribedStream described = new DescribedStream(made, said);
    assertEquals(List.of(described), streams.described(SCOPE, owner));
    assertEquals(described, streams.find(SCOPE, owner, "rank-0 视").orElseThrow());
    assertTrue(streams.find(SCOPE, owner, "RANK-0 视").isEmpty());
  }

  @Test
  void aStreamIsDescribedAnewAndKeepsItsLines() {
    LogStream stream = stream("main");
    database().run(() -> streams.advance(Map.of(stream.id(), 4L), List.of()));
    StreamDescription said = new StreamDescription("{\"pod\":\"b\"}", "2.0", "prod", "api");

    database().run(() -> streams.describe(stream.id(), said));

    DescribedStream found = streams.find(SCOPE, owner, "main").orElseThrow();
    assertEquals(said, found.description());
    assertEquals(4, found.stream().nextLine());
  }

  @Test
  void anotherProjectSeesNothingOfAStream() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);

    assertEquals(List.of(), streams.of(OTHER, owner));
    assertEquals(List.of(), streams.described(OTHER, owner));
    assertTrue(streams.find(OTHER, owner, "main").isEmpty());
    assertEquals(List.of(), segments.from(OTHER, stream.id(), 1, 10));
    assertEquals(List.of(), segments.before(OTHER, stream.id(), 10, 10));
    segments.each(OTHER, owner, info -> fail("A segment of another project"));
    SegmentRange everything =
        new SegmentRange(owner, 0, SegmentInfo.WIDE, Long.MIN_VALUE, Long.MAX_VALUE);
    assertEquals(List.of(), timeline.newest(OTHER, everything, null, 10));
    assertEquals(List.of(), timeline.oldest(OTHER, everything.in(5), null, 10));
    assertEquals(List.of(), timeline.buckets(OTHER, owner, 0));
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
  void theSizeOfAStreamIsWhatItsReadableSegmentsTake() {
    LogStream stream = stream("main");
    LogStream empty = stream("empty");
    NewSegment first = segment(stream, 1, 3, 5, 5_000);
    NewSegment second = segment(stream, 4, 4, 6, 6_000);
    long one = first.encoded().payload().length;
    long two = second.encoded().payload().length;
    database().run(() -> segments.insertHot(List.of(first, second), NOW));
    database().run(() -> streams.advance(Map.of(stream.id(), 8L), List.of(first, second)));
    assertEquals(
        List.of(
            new StreamSize(stream.id(), 0, one + two, first.encoded().maxTime()),
            new StreamSize(empty.id(), 0, 0, Long.MAX_VALUE)),
        sizes());

    database().run(() -> streams.resize(stream.id(), -2));
    database().run(() -> streams.resize(stream.id(), 1));
    database().run(() -> streams.purge(stream, 2));
    assertEquals(
        new StreamSize(stream.id(), 2, one + two - 1, Long.MIN_VALUE),
        sizes().get(0),
        "a segment that the mark cuts stays, and is looked for");

    LogStream cut = streams.find(SCOPE, owner, "main").orElseThrow().stream();
    database().run(() -> streams.purge(cut, 3));
    assertEquals(
        new StreamSize(stream.id(), 3, two - 1, second.encoded().maxTime()), sizes().get(0));
    assertEquals(
        List.of(new StreamSize(stream.id(), 3, two - 1, NOW)),
        sizes(second.encoded().maxTime() - 1).subList(0, 1),
        "a line of the future is as old as its writing");

    database().run(() -> streams.purgeAll(stream.id()));
    assertEquals(new StreamSize(stream.id(), 7, 0, Long.MAX_VALUE), sizes().get(0));
  }

  private List<StreamSize> sizes() {
    return sizes(NOW);
  }

  private List<StreamSize> sizes(long now) {
    List<Long> own = streams.of(SCOPE, owner).stream().map(LogStream::id).toList();
    return streams.sizes(TestLogs.PROJECT, now).stream()
        .filter(size -> own.contains(size.streamId()))
        .sorted(Comparator.comparingLong(StreamSize::streamId))
        .toList();
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
              streams.advance(Map.of(a.id(), 11L, b.id(), 21L), List.of());
              streams.purge(a, 4);
              streams.purge(a, 3);
            });

    LogStream read = streams.find(SCOPE, owner, "a").orElseThrow().stream();
    assertEquals(11, read.nextLine());
    assertEquals(4, read.purgedThrough());
    assertEquals(6, read.lines());
    assertEquals(21, streams.find(SCOPE, owner, "b").orElseThrow().stream().nextLine());
  }

  @Test
  void aProjectHasStreamsUntilTheyAreCollected() {
    ProjectScope project = ProjectScope.granted(99);
    LogStream stream =
        new LogStream(990, 99, new LogOwner(OwnerKind.SERVICE, 5), "main", 1, 0, 1, false);
    assertFalse(database().inTransaction(() -> streams.exist(project)));
    database().run(() -> streams.create(stream, StreamDescription.NONE));

    database().run(() -> streams.markDeleted(project, NOW));
    assertTrue(streams.lock(List.of(990L)).get(990L).deleted());
    assertTrue(database().inTransaction(() -> streams.exist(project)));

    database().run(() -> streams.remove(990));
    assertFalse(database().inTransaction(() -> streams.exist(project)));
  }

  @Test
  void aDeletedStreamIsHiddenThenCollectedThenGone() {
    LogStream stream = stream("main");
    append(stream, 1, 3, 5);
    database().run(() -> clients.put(Map.of(key(stream, "c"), new ClientWindow()), NOW));
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
              upkeep.remove(upkeep.through(stream.id(), 3, 10));
              clients.removeSome(stream.id(), 10);
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
    database().run(() -> clients.put(Map.of(key, window, nextPart, new ClientWindow()), NOW));
    window.add(ClientWindow.NUMBERS, new ClientWindow.Stored(9, 600, 0));
    database().run(() -> clients.put(Map.of(key, window), NOW));

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
    database().run(() -> clients.put(windows, NOW));

    List<LogClients.Key> asked = new ArrayList<>(windows.keySet());
    asked.add(key(two, "client-0"));
    assertEquals(windows.keySet(), clients.read(asked).keySet());
    assertEquals(Map.of(), clients.read(List.of()));
    assertEquals(Map.of(), streams.lock(List.of()));
  }

  @Test
  void aStreamIsCleanWhenNothingWasPurgedMeanwhile() {
    LogStream stream = stream("main");
    database().run(() -> streams.purge(stream, 5));
    LogStream seen = streams.of(SCOPE, owner).get(0);
    database().run(() -> streams.purge(stream, 6));

    database().run(() -> streams.markClean(seen));
    assertTrue(hasGarbage(stream));
    database().run(() -> streams.markClean(streams.of(SCOPE, owner).get(0)));
    assertFalse(hasGarbage(stream));
  }

  @Test
  void aFeedIsReadInOrderFromAnyPlace() {
    long writer = nextId();
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
                      streams.advance(Map.of(stream.id(), 4L), List.of());
                      throw new IllegalStateException("full");
                    }));

    assertEquals(1, streams.find(SCOPE, owner, "main").orElseThrow().stream().nextLine());
    assertEquals(List.of(), segments.from(SCOPE, stream.id(), 1, 10));
  }

  @Test
  void migratingAgainChangesNothing() {
    assertEquals(0, database().migrate());
  }

  private static LogClients.Key key(LogStream stream, String client) {
    return new LogClients.Key(stream.id(), client, 0);
  }
}
