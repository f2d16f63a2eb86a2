package io.binnacle.bench.work;

import io.binnacle.bench.data.LogLine;
import io.binnacle.bench.data.TrainingLogs;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.logs.store.ClientWindow;
import io.binnacle.logs.store.LogClients;
import io.binnacle.logs.store.LogCommits;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.store.Ids;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One committer with 64 streams of its own, each with one sender. */
final class StoreWriter {
  /** What was written. */
  record Written(long lines, long payloadBytes) {
    Written plus(Written other) {
      return new Written(lines + other.lines, payloadBytes + other.payloadBytes);
    }
  }

  private static final int STREAMS = 64;
  private static final int LINES = 100;
  private static final int BATCHES = 500;
  private static final long PROJECT = 1;
  private static final AtomicLong IDS = new AtomicLong();

  private final StoreTransaction transaction;
  private final LogStreams streams;
  private final LogSegments segments;
  private final LogClients clients;
  private final LogCommits commits;
  private final SegmentEncoder encoder = new SegmentEncoder();
  private final List<LineBuffer> batches = batches();
  private final List<Long> streamIds = new ArrayList<>();
  private final long writer = IDS.incrementAndGet();
  private long number;

  StoreWriter(StoreTransaction transaction) throws SQLException {
    this.transaction = transaction;
    streams = new LogStreams(transaction.dataSource());
    segments = new LogSegments(transaction.dataSource(), new Ids(0, System::currentTimeMillis));
    clients = new LogClients(transaction.dataSource());
    commits = new LogCommits(transaction.dataSource());
    Map<LogClients.Key, ClientWindow> windows = new HashMap<>();
    for (int i = 0; i < STREAMS; i++) {
      long id = IDS.incrementAndGet();
      LogOwner owner = new LogOwner(OwnerKind.RUN, id);
      streams.create(
          new LogStream(id, PROJECT, owner, "main", 1, 0, 0, false), StreamDescription.NONE);
      streamIds.add(id);
      for (int part = 0; part < ClientWindow.PARTS; part++) {
        windows.put(new LogClients.Key(id, "client", part), new ClientWindow());
      }
    }
    clients.put(windows, now());
    transaction.commit();
  }

  private static List<LineBuffer> batches() {
    TrainingLogs logs = new TrainingLogs(IDS.get(), Instant.now(), 200_000);
    List<LineBuffer> all = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      LineBuffer batch = new LineBuffer();
      for (int k = 0; k < LINES; k++) {
        add(batch, logs.next());
      }
      all.add(batch);
    }
    return all;
  }

  private static void add(LineBuffer batch, LogLine line) {
    byte[] message = line.message().getBytes(StandardCharsets.UTF_8);
    String fields = line.fields() == null ? "" : line.fields();
    batch.add(
        batch.level(line.level(), 9),
        batch.source(line.source()),
        line.timeNanos(),
        0,
        LineBuffer.NO_CLIENT_LINE,
        message.length,
        message,
        0,
        message.length,
        fields.getBytes(StandardCharsets.UTF_8),
        0,
        fields.length());
  }

  /** Commits until the time is over. */
  Written run(Duration time) throws SQLException {
    long end = System.nanoTime() + time.toNanos();
    Written all = new Written(0, 0);
    while (System.nanoTime() < end) {
      all = all.plus(commitOnce());
    }
    return all;
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000;
  }

  private Written commitOnce() throws SQLException {
    long now = now();
    Map<Long, LogStream> locked = streams.lock(streamIds);
    number++;
    int part = ClientWindow.part(number);
    Map<LogClients.Key, ClientWindow> windows =
        clients.read(streamIds.stream().map(id -> new LogClients.Key(id, "client", part)).toList());
    Map<Long, Long> next = new HashMap<>();
    List<NewSegment> made = new ArrayList<>();
    List<LogAppend> appends = new ArrayList<>();
    long payload = 0;
    for (LogStream stream : locked.values()) {
      LineBuffer batch = batches.get((int) ((number * 7 + stream.id()) % BATCHES));
      EncodedSegment encoded = encoder.encode(batch, 0, batch.lines());
      payload += encoded.payload().length;
      made.add(
          new NewSegment(stream, stream.nextLine(), (int) (now / 3_600_000_000_000L), encoded));
      appends.add(new LogAppend(stream.owner().id(), stream.id(), stream.nextLine(), LINES));
      next.put(stream.id(), stream.nextLine() + LINES);
    }
    windows.forEach(
        (key, window) ->
            window.add(number, new ClientWindow.Stored(number, number * LINES, LINES)));
    segments.insertHot(made, now);
    clients.put(windows, now);
    streams.advance(next, made);
    commits.add(new LogCommits.Entry(writer, number, appends), now);
    transaction.commit();
    return new Written((long) STREAMS * LINES, payload);
  }
}
