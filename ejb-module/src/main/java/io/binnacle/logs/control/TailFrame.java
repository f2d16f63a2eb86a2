package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogLine;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** News of one stream for the viewers of one filter; all of them get the same frame. */
public final class TailFrame {
  private final long stream;
  private final long fromLine;
  private final long toLine;
  private final List<LogLine> items;
  private final boolean skipped;
  private @Nullable String text;

  /**
   * @param stream its id
   * @param fromLine the first line that was looked at
   * @param toLine the last one
   * @param items the lines among them that pass the filter, rising
   * @param skipped whether the range passed too fast to be shown: {@code items} is empty then
   */
  public TailFrame(long stream, long fromLine, long toLine, List<LogLine> items, boolean skipped) {
    this.stream = stream;
    this.fromLine = fromLine;
    this.toLine = toLine;
    this.items = List.copyOf(items);
    this.skipped = skipped;
  }

  /** The stream's id. */
  public long stream() {
    return stream;
  }

  /** The first line that was looked at. */
  public long fromLine() {
    return fromLine;
  }

  /** The last line that was looked at. */
  public long toLine() {
    return toLine;
  }

  /** The lines among them that pass the filter, rising. */
  public List<LogLine> items() {
    return items;
  }

  /** Whether the range passed too fast to be shown. */
  public boolean skipped() {
    return skipped;
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
