package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.ClientWindow.Stored;
import io.binnacle.logs.store.LogClients.Key;
import io.binnacle.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the store of senders' windows does on every database. */
abstract class LogClientContract extends LogStoreContract {
  private static final int TWINS = 4;
  private static final int BATCHES = 8;
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  private LogClients clients;

  @Override
  protected void prepare(TestDatabase empty) {
    super.prepare(empty);
    clients = new LogClients(empty.dataSource());
  }

  @Test
  void manyPartsOfManySendersAreWrittenAndReadAtOnce() {
    Map<Key, ClientWindow> parts = new HashMap<>();
    for (int stream = 0; stream < 5; stream++) {
      long id = nextId();
      for (int sender = 0; sender < 9; sender++) {
        for (int part = 0; part < ClientWindow.PARTS; part++) {
          parts.put(new Key(id, "sender-" + sender, part), window(1 + part * 32L, id));
        }
      }
    }
    put(parts);

    List<Key> asked = new ArrayList<>(parts.keySet());
    asked.add(new Key(nextId(), "sender-1", 0));
    asked.add(new Key(asked.get(0).streamId(), "nobody", 0));
    assertSame(parts, clients.read(asked));
    Key one = asked.get(0);
    assertSame(Map.of(one, parts.get(one)), clients.read(Set.of(one)));
    assertEquals(Map.of(), clients.read(Set.of()));
  }

  @Test
  void aPartIsReplacedAndItsNeighboursStay() {
    long stream = nextId();
    Key changed = new Key(stream, "sender", 1);
    Map<Key, ClientWindow> parts = new HashMap<>();
    parts.put(changed, window(33, 1));
    parts.put(new Key(stream, "sender", 0), window(1, 2));
    parts.put(new Key(stream, "Sender", 1), window(33, 3));
    parts.put(new Key(stream, "sender ", 1), window(33, 4));
    parts.put(new Key(nextId(), "sender", 1), window(33, 5));
    put(parts);

    ClientWindow later = window(33, 6);
    later.add(34, new Stored(-7, 70, 7));
    put(Map.of(changed, later));

    parts.put(changed, later);
    assertSame(parts, clients.read(parts.keySet()));
  }

  @Test
  void theFullestPartOfTheLongestNameIsKept() {
    Key key = new Key(Long.MAX_VALUE, "\u00e4".repeat(64), ClientWindow.PARTS - 1);
    ClientWindow full = new ClientWindow();
    for (int i = 1; i <= ClientWindow.NUMBERS; i++) {
      full.add(
          Long.MAX_VALUE - ClientWindow.NUMBERS + i,
          new Stored(-1, i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE, Integer.MAX_VALUE));
    }
    put(Map.of(key, full));

    assertSame(Map.of(key, full), clients.read(Set.of(key)));
  }

  @Test
  void whatIsRolledBackWasNeverThere() {
    Key key = new Key(nextId(), "sender", 0);
    put(Map.of(key, window(1, 1)));

    assertThrows(
        IllegalStateException.class,
        () ->
            database()
                .run(
                    () -> {
                      clients.put(Map.of(key, window(2, 2)), NOW);
                      throw new IllegalStateException("cut");
                    }));

    assertSame(Map.of(key, window(1, 1)), clients.read(Set.of(key)));
  }

  @Test
  void twinsThatWriteTheSamePartUnderTheLockOfTheirStreamLoseNothing() throws Exception {
    LogStream stream = stream("main");
    Key key = new Key(stream.id(), "twin", 0);
    ExecutorService threads = Executors.newFixedThreadPool(TWINS);
    try {
      List<Callable<Void>> twins = new ArrayList<>();
      for (int twin = 0; twin < TWINS; twin++) {
        int first = 1 + twin * BATCHES;
        twins.add(
            () -> {
              for (int number = first; number < first + BATCHES; number++) {
                add(stream, key, number);
              }
              return null;
            });
      }
      for (Future<Void> twin : threads.invokeAll(twins)) {
        twin.get();
      }
    } finally {
      threads.shutdownNow();
    }

    ClientWindow window = clients.read(Set.of(key)).get(key);
    for (int number = 1; number <= TWINS * BATCHES; number++) {
      assertEquals(new Stored(number, number, 1), window.find(number), "number " + number);
    }
  }

  private void add(LogStream stream, Key key, long number) {
    database()
        .runBeside(
            () -> {
              streams.lock(Set.of(stream.id()));
              ClientWindow window = clients.read(Set.of(key)).getOrDefault(key, new ClientWindow());
              window.add(number, new Stored(number, number, 1));
              clients.put(Map.of(key, window), NOW);
            });
  }

  @Test
  void theWindowsOfAStreamGoWithIt() {
    LogStream stream = stream("main");
    Key gone = new Key(stream.id(), "sender", 0);
    Key kept = new Key(nextId(), "sender", 0);
    put(Map.of(gone, window(1, 1), kept, window(1, 2)));

    assertEquals(1, database().inTransaction(() -> clients.removeSome(stream.id(), 10)));
    assertEquals(Set.of(kept), clients.read(Set.of(gone, kept)).keySet());
  }

  @Test
  void whatNoBatchUsedForLongIsRemovedInSteps() {
    long stream = nextId();
    Key silent = new Key(stream, "silent", 0);
    Key back = new Key(stream, "back", 0);
    Map<Key, ClientWindow> old = Map.of(silent, window(1, 1), back, window(1, 2));
    database().run(() -> clients.put(old, NOW - 40 * DAY));
    database().run(() -> clients.put(Map.of(back, window(2, 3)), NOW - 30 * DAY));

    assertEquals(0, removeUnusedSince(NOW - 40 * DAY, 10));
    assertEquals(1, removeUnusedSince(NOW - 30 * DAY, 10));
    assertEquals(Set.of(back), clients.read(Set.of(silent, back)).keySet());

    database().run(() -> clients.put(old, NOW - 40 * DAY));
    assertEquals(1, removeUnusedSince(NOW, 1));
    assertEquals(1, removeUnusedSince(NOW, 1));
    assertEquals(0, removeUnusedSince(NOW, 1));
  }

  private int removeUnusedSince(long time, int limit) {
    return database().inTransaction(() -> clients.removeUnusedSince(time, limit));
  }

  private void put(Map<Key, ClientWindow> parts) {
    database().run(() -> clients.put(parts, NOW));
  }

  private static ClientWindow window(long batchNo, long hash) {
    ClientWindow window = new ClientWindow();
    window.add(batchNo, new Stored(hash, 10 * batchNo, 10));
    return window;
  }

  private static void assertSame(Map<Key, ClientWindow> wanted, Map<Key, ClientWindow> read) {
    assertEquals(wanted.keySet(), read.keySet());
    wanted.forEach(
        (key, window) -> {
          ClientWindow found = read.get(key);
          assertNotNull(found);
          assertArrayEquals(window.encode(), found.encode(), key.toString());
        });
  }
}
