package io.binnacle.bench.tail;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** What one viewer of one stream saw: up to which line, and when. */
public final class Viewer implements FrameReader.Listener {
  private static final String CURSOR = "\"cursor\":\"";
  private final FrameReader frames = new FrameReader(this);
  private long[] lastLines = new long[512];
  private long[] arrivals = new long[512];
  private int count;
  private long firstLine = -1;
  private long skipped;
  private boolean pingWaits;
  private boolean closed;

  FrameReader frames() {
    return frames;
  }

  @Override
  public void message(String head, String tail) {
    if (head.startsWith("{\"type\":\"ping\"")) {
      pingWaits = true;
      return;
    }
    long line = lineOfCursor(tail);
    if (line < 0) {
      return;
    }
    if (head.startsWith("{\"type\":\"skipped\"")) {
      skipped += numberAfter(head, "\"count\":");
      add(-line);
    } else if (head.startsWith("{\"type\":\"history\"")) {
      firstLine = line;
    } else if (head.startsWith("{\"type\":\"logs\"")) {
      add(line);
    }
  }

  /** A negative line marks lines that were skipped up to there. */
  private void add(long line) {
    if (count == lastLines.length) {
      lastLines = Arrays.copyOf(lastLines, count * 2);
      arrivals = Arrays.copyOf(arrivals, count * 2);
    }
    lastLines[count] = line;
    arrivals[count++] = System.nanoTime();
  }

  /** The line in the last cursor, {@code "cursor":"<stream>:<line>"}; -1 without one. */
  private static long lineOfCursor(String tail) {
    int at = tail.lastIndexOf(CURSOR);
    if (at < 0) {
      return -1;
    }
    int end = tail.indexOf('"', at + CURSOR.length());
    int colon = tail.lastIndexOf(':', end);
    return end < 0 || colon < at + CURSOR.length()
        ? 0
        : Long.parseLong(tail.substring(colon + 1, end));
  }

  private static long numberAfter(String text, String key) {
    int start = text.indexOf(key) + key.length();
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == start ? 0 : Long.parseLong(text.substring(start, end));
  }

  @Override
  public void ping() {
    pingWaits = true;
  }

  @Override
  public void closed() {
    closed = true;
  }

  /** Whether the server closed the connection. */
  public boolean isClosed() {
    return closed;
  }

  boolean takePing() {
    boolean waits = pingWaits;
    pingWaits = false;
    return waits;
  }

  /** Whether the history has come. */
  boolean ready() {
    return firstLine >= 0;
  }

  /** Lines that it was told to have missed. */
  public long skipped() {
    return skipped;
  }

  /** Lines that it got after the history. */
  public long delivered() {
    return count == 0 ? 0 : Math.abs(lastLines[count - 1]) - firstLine - skipped;
  }

  /** Tells of each batch that came: from its acknowledgement to its arrival, in nanoseconds. */
  public void delays(Commits commits, LongConsumer delay) {
    long before = firstLine;
    for (int i = 0; i < count; i++) {
      long line = Math.abs(lastLines[i]);
      if (lastLines[i] > 0) {
        long arrival = arrivals[i];
        commits.between(before, line).values().forEach(ack -> delay.accept(arrival - ack));
      }
      before = line;
    }
  }
}
