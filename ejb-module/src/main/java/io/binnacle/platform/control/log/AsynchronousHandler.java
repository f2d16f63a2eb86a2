package io.binnacle.platform.control.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries into a bounded queue that one thread writes out. Who logs never waits for a disk or
 * a terminal; when the queue is full, entries are dropped, counted, and the number is logged.
 */
final class AsynchronousHandler extends Handler {
  private static final int MOST_AT_ONCE = 512;
  private static final long CLOSE_LIMIT_MILLIS = 5_000;

  private final BlockingQueue<LogEntry> queue;
  private final Map<LogSink, EntryFormat> sinks;
  private final Clock clock;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Thread writer = new Thread(this::writeAll, "binnacle-log");
  private volatile boolean closing;

  /**
   * Starts the thread that writes.
   *
   * @param capacity the most entries that wait
   * @param sinks where entries go, and how each wants them
   */
  AsynchronousHandler(int capacity, Map<LogSink, EntryFormat> sinks, Clock clock) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.sinks = new LinkedHashMap<>(sinks);
    this.clock = clock;
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void publish(@Nullable LogRecord record) {
    if (record == null || closing || !isLoggable(record)) {
      return;
    }
    if (!queue.offer(LogEntry.of(record))) {
      dropped.incrementAndGet();
    }
  }

  /** Writes that failed, as on a full disk. */
  long failures() {
    return failures.get();
  }

  private void writeAll() {
    List<LogEntry> entries = new ArrayList<>(MOST_AT_ONCE);
    try {
      while (!closing || !queue.isEmpty()) {
        LogEntry first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          entries.add(first);
          queue.drainTo(entries, MOST_AT_ONCE - 1);
        }
        addDropped(entries);
        write(entries);
        entries.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void addDropped(List<LogEntry> entries) {
    long count = dropped.getAndSet(0);
    if (count > 0) {
      entries.add(
          new LogEntry(
              clock.instant(),
              AsynchronousHandler.class.getName(),
              LogLevel.WARNING,
              null,
              count + " log entries were dropped because too many came at once",
              null));
    }
  }

  private void write(List<LogEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    sinks.forEach(
        (sink, format) -> {
          StringBuilder text = new StringBuilder();
          entries.forEach(entry -> format.append(entry, text));
          try {
            sink.write(text.toString().getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            // There is no better place to say so than the log that can't be written.
            failures.incrementAndGet();
          }
        });
  }

  @Override
  public void flush() {
    // The thread writes what there is; nobody waits for it.
  }

  /** Writes what waits, for at most five seconds, and ends the thread. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(CLOSE_LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
