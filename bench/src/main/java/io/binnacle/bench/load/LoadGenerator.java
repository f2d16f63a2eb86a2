package io.binnacle.bench.load;

import io.binnacle.bench.data.Batch;
import io.binnacle.bench.data.BatchSource;
import io.binnacle.bench.http.Endpoint;
import io.binnacle.bench.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Sends batches over many keep-alive connections from one thread. An event loop over prepared bytes
 * costs less than a thread for each connection, and the cores belong to the server.
 */
public final class LoadGenerator {
  private static final long SILENCE_NANOS = Duration.ofSeconds(20).toNanos();
  private static final int MAX_FAILURES = 20;

  private record Pause(LoadConnection connection, long untilNanos) {}

  private final Endpoint endpoint;
  private final List<Sender> senders;
  private final BatchSource source;
  private final AckListener listener;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 << 10);
  private final Map<LoadConnection, Integer> indexes = new HashMap<>();
  private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
  private final PriorityQueue<Pause> pauses =
      new PriorityQueue<>((a, b) -> Long.compare(a.untilNanos, b.untilNanos));
  private Tally tally = new Tally();
  private int exhausted;

  /** A load that nobody follows. */
  public LoadGenerator(Endpoint endpoint, List<Sender> senders, BatchSource source) {
    this(endpoint, senders, source, AckListener.NONE);
  }

  /**
   * @param endpoint the server
   * @param senders one connection for each
   * @param source what to send
   * @param listener is told of every answer
   */
  public LoadGenerator(
      Endpoint endpoint, List<Sender> senders, BatchSource source, AckListener listener) {
    this.endpoint = endpoint;
    this.senders = senders;
    this.source = source;
    this.listener = listener;
  }

  /**
   * Sends until the time is over or the source has no more for anybody, then waits for the answers
   * that are due. Gives up after 20 seconds without any answer. Fails with {@link
   * UncheckedIOException} if the server cannot be reached any more.
   */
  public LoadResult run(Pace pace, Duration limit) {
    tally = new Tally();
    try (Selector selector = Selector.open()) {
      List<LoadConnection> connections = connect(selector);
      try {
        loop(selector, connections, pace, limit.toNanos());
      } finally {
        for (LoadConnection connection : connections) {
          connection.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tally.result();
  }

  private List<LoadConnection> connect(Selector selector) throws IOException {
    List<LoadConnection> connections = new ArrayList<>();
    idle.clear();
    pauses.clear();
    indexes.clear();
    exhausted = 0;
    for (Sender sender : senders) {
      LoadConnection connection = new LoadConnection(endpoint, sender, selector);
      indexes.put(connection, connections.size());
      connections.add(connection);
      idle.add(connection);
    }
    return connections;
  }

  private void loop(Selector selector, List<LoadConnection> all, Pace pace, long limitNanos)
      throws IOException {
    long start = System.nanoTime();
    long end = start + limitNanos;
    tally.begin(start);
    boolean sending = true;
    while (sending || idle.size() + exhausted < all.size()) {
      long now = System.nanoTime();
      if (tally.silentNanos(now) > SILENCE_NANOS || tally.failures() > MAX_FAILURES) {
        tally.abandoned(all.size() - idle.size() - exhausted);
        return;
      }
      resumePaused(now);
      if (sending && now >= end) {
        sending = false;
        tally.notSent(pace.fixed() ? overdue(pace, start, end) : 0);
      }
      if (sending) {
        dispatch(pace, start, now);
        sending = exhausted < all.size();
      }
      selector.select(this::ready, waitMillis(pace, start, now));
    }
  }

  /** Sends whatever may be sent now. */
  private void dispatch(Pace pace, long start, long now) throws IOException {
    for (LoadConnection next = idle.peek(); next != null; next = idle.peek()) {
      long due = pace.fixed() ? pace.dueNanos(start, tally.started()) : now;
      if (due > now) {
        return;
      }
      idle.remove();
      Batch batch = source.next(indexes.getOrDefault(next, 0));
      if (batch == null) {
        exhausted++;
      } else {
        tally.starting();
        next.send(batch, pace.fixed() ? due : System.nanoTime());
      }
    }
  }

  private long overdue(Pace pace, long start, long end) {
    long dueUntilEnd = (long) ((end - start) / 1e9 * pace.batchesPerSecond());
    return Math.max(0, dueUntilEnd - tally.started());
  }

  private long waitMillis(Pace pace, long start, long now) {
    if (!pace.fixed() || idle.isEmpty()) {
      return 20;
    }
    return Math.max(1, (pace.dueNanos(start, tally.started()) - now) / 1_000_000);
  }

  private void resumePaused(long now) throws IOException {
    for (Pause next = pauses.peek(); next != null && next.untilNanos <= now; next = pauses.peek()) {
      pauses.poll();
      next.connection.sendAgain();
    }
  }

  private void ready(SelectionKey key) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      if (key.isWritable()) {
        connection.write();
      }
      if (key.isReadable()) {
        Reply reply = connection.read(scratch);
        if (reply != null) {
          answered(connection, reply);
        }
      }
    } catch (IOException e) {
      reconnect(connection, key.selector(), e);
    }
  }

  private void answered(LoadConnection connection, Reply reply) {
    long now = System.nanoTime();
    if (reply.status() == 429 || reply.status() == 503) {
      tally.busy(now);
      long wait = Math.max(1, reply.retryAfterSeconds()) * 1_000_000_000L;
      pauses.add(new Pause(connection, now + wait));
      return;
    }
    if (reply.ok()) {
      tally.acknowledged(connection.current(), reply, connection.dueNanos(), now);
      listener.acknowledged(reply, connection.dueNanos(), now);
    } else {
      tally.failed(reply.status() + " " + reply.text().lines().findFirst().orElse(""));
    }
    connection.finished();
    idle.add(connection);
  }

  /** A batch whose answer got lost is sent again under its number: the server stores it once. */
  private void reconnect(LoadConnection connection, Selector selector, IOException cause) {
    tally.failed("connection: " + cause.getMessage());
    try {
      connection.reconnect(selector);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
