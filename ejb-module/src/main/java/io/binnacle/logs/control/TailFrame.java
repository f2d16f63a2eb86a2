package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** News of one stream for the viewers of one filter; all of them get the same frame. */
public final class TailFrame {
  private final long stream;
  private final String streamName;
  private final long fromLine;
  private final long toLine;
  private final List<LogLine> items;
  private final boolean skipped;
  private @Nullable String text;

  private TailFrame(
      long stream,
      String streamName,
      long fromLine,
      long toLine,
      List<LogLine> items,
      boolean skipped) {
    this.stream = stream;
    this.streamName = streamName;
    this.fromLine = fromLine;
    this.toLine = toLine;
    this.items = List.copyOf(items);
    this.skipped = skipped;
  }

  /**
   * Lines of a stream.
   *
   * @param fromLine the first line that was looked at
   * @param toLine the last one
   * @param items the lines among them that are wanted, rising
   */
  public static TailFrame lines(LogStream stream, long fromLine, long toLine, List<LogLine> items) {
    return new TailFrame(stream.id(), stream.name(), fromLine, toLine, items, false);
  }

  /** A range of lines that passed too fast to be shown, or that could not be read. */
  public static TailFrame skipped(long stream, long fromLine, long toLine) {
    return new TailFrame(stream, "", fromLine, toLine, List.of(), true);
  }

  /** The stream's id. */
  public long stream() {
    return stream;
  }

  /** The stream's name; empty when the range was skipped. */
  public String streamName() {
    return streamName;
  }

  /** The first line that was looked at. */
  public long fromLine() {
    return fromLine;
  }

  /** The last line that was looked at. */
  public long toLine() {
    return toLine;
  }

  /** The lines among them that are wanted, rising. */
  public List<LogLine> items() {
    return items;
  }

  /** Whether the range passed too fast to be shown. */
  public boolean skipped() {
    return skipped;
  }

  /** About the memory that its lines take, in characters. */
  public long size() {
    return items.stream().mapToLong(LogSearch::sizeOf).sum();
  }

  /** The frame as a text, which is made for the first viewer and kept for all others. */
  public synchronized String text(Function<TailFrame, String> encoder) {
    String known = text;
    if (known == null) {
      known = encoder.apply(this);
      text = known;
    }
    return known;
  }
}
