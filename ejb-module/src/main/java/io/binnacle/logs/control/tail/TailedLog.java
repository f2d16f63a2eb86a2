package io.binnacle.logs.control.tail;

import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.control.read.SegmentReads;
import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.logs.store.MatchTime;
import io.binnacle.platform.control.DatabaseTrouble;
import io.binnacle.platform.entity.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One log that is being followed: its viewers by filter, and how far they have been served. */
final class TailedLog {
  private static final Logger LOG = System.getLogger(TailedLog.class.getName());

  /** A frame a twentieth of a second looks live, and keeps a busy log from sending line by line. */
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * What all filters together may take of a round to look at texts: an expression that is slow must
   * not keep the viewers of the others waiting.
   */
  private static final long MATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** What a filter may take however many there are. */
  private static final long LEAST_MATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Runs something later, on another thread. */
  @FunctionalInterface
  interface Later {
    /**
     * @param nanos how much later
     * @throws RejectedExecutionException when nothing is run any more
     */
    void run(Runnable task, long nanos);
  }

  private final LogAddress log;
  private final SegmentReads reads;
  private final TailReading reading;
  private final Later later;
  private final TailedState state = new TailedState();
  private final Map<TailQuery, Group> groups = new HashMap<>();

  /** The next line to deliver of each stream. */
  private final Map<Long, Long> served = new HashMap<>();

  /** The first line that is not there yet, of streams that grew since they were served. */
  private final Map<Long, Long> grown = new LinkedHashMap<>();

  private boolean running;
  private boolean abandoned;

  TailedLog(LogAddress log, SegmentReads reads, LogSearch search, Later later) {
    this.log = log;
    this.reads = reads;
    this.reading = new TailReading(search, log.scope());
    this.later = later;
  }

  private static final class Group {
    private final List<TailViewer> viewers = new ArrayList<>();
    private final TailAllowance allowance = new TailAllowance(System.nanoTime());
    private final MatchTime time = new MatchTime();
    private final TailQuery query;
    private final LineMatcher matcher;

    private Group(TailQuery query) {
      this.query = query;
      this.matcher = new LineMatcher(query.filter(), time);
    }

    private Delivery delivery() {
      return new Delivery(this, List.copyOf(viewers));
    }
  }

  LogAddress log() {
    return log;
  }

  /** What its viewers know beside its lines. */
  TailedState state() {
    return state;
  }

  /**
   * Seats a viewer. It asks nothing of the database: the thread that commits waits for this room
   * when it tells that a stream grew.
   *
   * @param streams the streams of the log, read when this room was there already
   * @return the next line of each stream, from which on the viewer is served; null when the room
   *     was abandoned
   */
  synchronized @Nullable Map<Long, Long> enter(
      TailViewer viewer, TailQuery query, List<LogStream> streams) {
    if (abandoned) {
      return null;
    }
    if (groups.isEmpty()) {
      served.clear();
      streams.forEach(stream -> served.put(stream.id(), stream.nextLine()));
    }
    groups.computeIfAbsent(query, Group::new).viewers.add(viewer);
    Map<Long, Long> positions = new HashMap<>(served);
    serveSoon();
    return positions;
  }

  /** Takes a viewer away; true when the room is empty and abandoned. */
  synchronized boolean leave(TailViewer viewer) {
    groups.values().forEach(group -> group.viewers.remove(viewer));
    groups.values().removeIf(group -> group.viewers.isEmpty());
    abandoned = groups.isEmpty();
    return abandoned;
  }

  /** Notes that streams grew, and sees to it that somebody looks. */
  synchronized void grew(List<LogAppend> appends) {
    for (LogAppend append : appends) {
      grown.merge(append.streamId(), append.firstLine() + append.lines(), Math::max);
    }
    serveSoon();
  }

  /** Notes how far streams have grown by now, whoever wrote. */
  void catchUp() {
    List<LogStream> streams = reads.streams(log.scope(), log.owner());
    synchronized (this) {
      streams.forEach(stream -> grown.merge(stream.id(), stream.nextLine(), Math::max));
      serveSoon();
    }
  }

  private synchronized void serveSoon() {
    if (!running && !abandoned && !groups.isEmpty() && !grown.isEmpty()) {
      running = true;
      serveIn(0);
    }
  }

  private void serveIn(long nanos) {
    try {
      later.run(this::serve, nanos);
    } catch (RejectedExecutionException e) {
      stop();
    }
  }

  /** One after the last line that was told of each stream. */
  synchronized Map<Long, Long> served() {
    return new HashMap<>(served);
  }

  /** Tells all viewers something. */
  void each(Consumer<TailViewer> message) {
    List<TailViewer> all = new ArrayList<>();
    synchronized (this) {
      groups.values().forEach(group -> all.addAll(group.viewers));
    }
    all.forEach(message);
  }

  private void serve() {
    long began = System.nanoTime();
    try {
      if (!round()) {
        return;
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A live tail failed and goes on with the next line", e);
    }
    // As long a rest as the work was: many viewers must not take the core that writes.
    serveIn(Math.max(ROUND_NANOS, System.nanoTime() - began));
  }

  private synchronized void stop() {
    running = false;
  }

  private record Range(long stream, long from, long end) {}

  /** Who gets the ranges of a round: those who sat there when the ranges were taken. */
  private record Delivery(Group group, List<TailViewer> viewers) {
    void send(TailFrame frame) {
      viewers.forEach(viewer -> viewer.deliver(frame));
    }
  }

  /** Serves what has grown; false when there was nothing and nobody need come again. */
  private boolean round() {
    List<Range> ranges;
    List<Delivery> deliveries = new ArrayList<>();
    synchronized (this) {
      ranges = groups.isEmpty() ? List.of() : takeRanges();
      if (ranges.isEmpty()) {
        running = false;
        return false;
      }
      groups.values().forEach(group -> deliveries.add(group.delivery()));
    }
    Map<Long, LogStream> streams = streams();
    // Those that were quick the last time come first, and leave more to the others.
    deliveries.sort(Comparator.comparingLong(delivery -> delivery.group.time.taken()));
    long left = MATCH_NANOS;
    int more = deliveries.size();
    for (Delivery delivery : deliveries) {
      MatchTime time = delivery.group.time;
      time.give(Math.max(LEAST_MATCH_NANOS, left / more--));
      deliver(delivery, ranges, streams);
      left -= time.taken();
    }
    return true;
  }

  private List<Range> takeRanges() {
    List<Range> ranges = new ArrayList<>();
    grown.forEach(
        (stream, end) -> {
          // A stream that appears while it is watched begins with its first line.
          long from = served.getOrDefault(stream, 1L);
          if (end > from) {
            ranges.add(new Range(stream, from, end));
            served.put(stream, end);
          }
        });
    grown.clear();
    return ranges;
  }

  /** The streams as they are now; null when the database does not tell. */
  private @Nullable Map<Long, LogStream> streams() {
    try {
      return reads.streams(log.scope(), log.owner()).stream()
          .collect(Collectors.toMap(LogStream::id, Function.identity()));
    } catch (RuntimeException e) {
      report(e);
      return null;
    }
  }

  private void deliver(
      Delivery delivery, List<Range> ranges, @Nullable Map<Long, LogStream> streams) {
    delivery.group.allowance.begin(System.nanoTime(), delivery.viewers.size());
    for (Range range : ranges) {
      if (streams == null) {
        delivery.send(skipped(range));
        continue;
      }
      LogStream stream = streams.get(range.stream);
      // One that is not there was deleted, which is told by other means.
      if (stream != null && delivery.group.query.accepts(stream)) {
        news(delivery.group, stream, range).forEach(delivery::send);
      }
    }
  }

  /** What can't be read is told as skipped: its viewers may fetch it, and all others go on. */
  private List<TailFrame> news(Group group, LogStream stream, Range range) {
    TailAllowance allowance = group.allowance;
    try {
      return reading.newest(
          stream, group.matcher, range.from, range.end, allowance.lines() + 1, allowance::take);
    } catch (RuntimeException e) {
      report(e);
      return List.of(skipped(range));
    }
  }

  private static TailFrame skipped(Range range) {
    return new TailFrame.Skipped(range.stream, range.from, range.end - 1);
  }

  private static void report(RuntimeException failure) {
    String what = "New lines are skipped in live tails: they can't be read";
    if (failure instanceof ProblemException || DatabaseTrouble.isBehind(failure)) {
      LOG.log(Level.WARNING, what + ": " + failure);
    } else {
      LOG.log(Level.ERROR, what, failure);
    }
  }
}
