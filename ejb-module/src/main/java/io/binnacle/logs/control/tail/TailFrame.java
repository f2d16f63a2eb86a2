package io.binnacle.logs.control.tail;

import io.binnacle.logs.control.read.LogSearch;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** News of one stream for the viewers of one filter; all of them get the same frame. */
public sealed interface TailFrame {
  /** The stream's id. */
  long stream();

  /** The first line that it is about. */
  long fromLine();

  /** The last line that it is about. */
  long toLine();

  /** What it says of the lines after one; null when there are none. */
  @Nullable TailFrame after(long line);

  /** Lines that are wanted. */
  final class Lines implements TailFrame {
    private final LogStream stream;
    private final long fromLine;
    private final long toLine;
    private final List<LogLine> items;
    private @Nullable String text;

    /**
     * @param fromLine the first line that was looked at
     * @param toLine the last one
     * @param items the lines among them that are wanted, rising
     */
    public Lines(LogStream stream, long fromLine, long toLine, List<LogLine> items) {
      this.stream = stream;
      this.fromLine = fromLine;
      this.toLine = toLine;
      this.items = List.copyOf(items);
    }

    @Override
    public long stream() {
      return stream.id();
    }

    /** The stream's name. */
    public String streamName() {
      return stream.name();
    }

    @Override
    public long fromLine() {
      return fromLine;
    }

    @Override
    public long toLine() {
      return toLine;
    }

    /** The lines among them that are wanted, rising. */
    public List<LogLine> items() {
      return items;
    }

    @Override
    public @Nullable Lines after(long line) {
      if (line < fromLine) {
        return this;
      }
      return line < toLine
          ? new Lines(
              stream, line + 1, toLine, items.stream().filter(item -> item.line() > line).toList())
          : null;
    }

    /** About the memory that its lines take, in characters. */
    public long size() {
      return items.stream().mapToLong(LogSearch::sizeOf).sum();
    }

    /** The frame as a text, which is made for the first viewer and kept for all others. */
    public synchronized String text(Function<Lines, String> encoder) {
      String known = text;
      if (known == null) {
        known = encoder.apply(this);
        text = known;
      }
      return known;
    }
  }

  /** A range of lines that passed too fast to be shown, that could not be read, or that is gone. */
  record Skipped(long stream, long fromLine, long toLine) implements TailFrame {
    @Override
    public @Nullable Skipped after(long line) {
      if (line < fromLine) {
        return this;
      }
      return line < toLine ? new Skipped(stream, line + 1, toLine) : null;
    }
  }
}
