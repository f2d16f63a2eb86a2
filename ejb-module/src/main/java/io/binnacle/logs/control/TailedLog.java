package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogAppend;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.platform.control.DatabaseTrouble;
import io.binnacle.platform.entity.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One log that is being followed: its viewers by filter, and how far they have been served. */
final class TailedLog {
  private static final Logger LOG = System.getLogger(TailedLog.class.getName());

  /** A frame a twentieth of a second looks live, and keeps a busy log from sending line by line. */
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LogAddress log;
  private final SegmentReads reads;
  private final LogSearch search;
  private final Executor executor;
  private final Map<LogFilter, Group> groups = new HashMap<>();

  /** The next line to deliver, and the first one that is not there yet, of each stream. */
  private final Map<Long, Long> served = new HashMap<>();

  private final Map<Long, Long> grown = new LinkedHashMap<>();
  private boolean running;
  private boolean abandoned;

  TailedLog(LogAddress log, SegmentReads reads, LogSearch search, Executor executor) {
    this.log = log;
    this.reads = reads;
    this.search = search;
    this.executor = executor;
  }

  private static final class Group {
    private final List<TailViewer> viewers = new ArrayList<>();
    private final TailAllowance allowance = new TailAllowance(System.nanoTime());
  }

  /**
   * Seats a viewer.
   *
   * @return the next line of each stream, from which on the viewer is served; null when the room
   *     was abandoned
   */
  synchronized @Nullable Map<Long, Long> enter(TailViewer viewer, LogFilter filter) {
    if (abandoned) {
      return null;
    }
    if (groups.isEmpty()) {
      served.clear();
      grown.clear();
      for (LogStream stream : reads.streams(log.scope(), log.owner())) {
        served.put(stream.id(), stream.nextLine());
      }
    }
    groups.computeIfAbsent(filter, f -> new Group()).viewers.add(viewer);
    return new HashMap<>(served);
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

  private void serveSoon() {
    if (!running && !abandoned) {
      running = true;
      executor.execute(this::serve);
    }
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
    try {
      long began = System.nanoTime();
      while (round()) {
        // As long a rest as the work was: many viewers must not take the core that writes.
        LockSupport.parkNanos(Math.max(ROUND_NANOS, System.nanoTime() - began));
        began = System.nanoTime();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A live tail failed and goes on with the next line", e);
      stop();
    }
  }

  private synchronized void stop() {
    running = false;
  }

  private record Range(long stream, long from, long end) {}

  /** Serves what has grown; false when there was nothing and nobody need come again. */
  private boolean round() {
    List<Range> ranges;
    Map<LogFilter, Group> current;
    synchronized (this) {
      ranges = takeRanges();
      if (ranges.isEmpty() || groups.isEmpty()) {
        running = false;
        return false;
      }
      current = new HashMap<>(groups);
    }
    current.forEach(
        (filter, group) -> {
          group.allowance.begin(System.nanoTime(), viewers(group).size());
          ranges.forEach(range -> deliverOrSkip(filter, group, range));
        });
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

  /** What can't be read is told as skipped: its viewers may fetch it, and all others go on. */
  private void deliverOrSkip(LogFilter filter, Group group, Range range) {
    try {
      deliver(filter, group, range);
    } catch (RuntimeException e) {
      report(e);
      send(group, new TailFrame(range.stream, range.from, range.end - 1, List.of(), true));
    }
  }

  private static void report(RuntimeException failure) {
    String what = "New lines are skipped in live tails: they can't be read";
    if (failure instanceof ProblemException || DatabaseTrouble.isBehind(failure)) {
      LOG.log(Level.WARNING, what + ": " + failure);
    } else {
      LOG.log(Level.ERROR, what, failure);
    }
  }

  private void deliver(LogFilter filter, Group group, Range range) {
    List<LogLine> found = new ArrayList<>();
    AtomicReference<LogLine> lastSkipped = new AtomicReference<>();
    LogQuery query =
        new LogQuery(
            filter,
            Long.toString(range.stream),
            range.from,
            range.end - 1,
            true,
            group.allowance.lines() + 1,
            null);
    // The newest lines are what a viewer wants to see; the older ones can be fetched.
    search.each(
        log.scope(),
        log.owner(),
        query,
        line -> {
          if (!group.allowance.take(line)) {
            lastSkipped.set(line);
            return false;
          }
          return found.add(line);
        });
    Collections.reverse(found);
    tell(group, range, found, lastSkipped.get());
  }

  private void tell(Group group, Range range, List<LogLine> found, @Nullable LogLine lastSkipped) {
    if (lastSkipped == null) {
      send(group, new TailFrame(range.stream, range.from, range.end - 1, found, false));
      return;
    }
    long skippedTo = found.isEmpty() ? range.end - 1 : lastSkipped.line();
    send(group, new TailFrame(range.stream, range.from, skippedTo, List.of(), true));
    if (!found.isEmpty()) {
      long from = found.get(0).line();
      send(group, new TailFrame(range.stream, from, range.end - 1, found, false));
    }
  }

  private void send(Group group, TailFrame frame) {
    viewers(group).forEach(viewer -> viewer.deliver(frame));
  }

  private synchronized List<TailViewer> viewers(Group group) {
    return List.copyOf(group.viewers);
  }
}
