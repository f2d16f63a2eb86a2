package io.binnacle.logs.control.read;

import io.binnacle.logs.entity.LogLine;
import io.binnacle.platform.entity.Cursor;
import java.util.Comparator;
import java.util.List;

/**
 * A place in the order of a merged view: by time, then stream, then line.
 *
 * @param time nanoseconds since 1970
 * @param stream the stream's id
 * @param line the line's number in its stream
 */
public record LinePosition(long time, long stream, long line) implements Comparable<LinePosition> {
  private static final Comparator<LinePosition> ORDER =
      Comparator.comparingLong(LinePosition::time)
          .thenComparingLong(LinePosition::stream)
          .thenComparingLong(LinePosition::line);

  /** The place of a line. */
  public static LinePosition of(LogLine line) {
    return new LinePosition(line.time(), line.streamId(), line.line());
  }

  @Override
  public int compareTo(LinePosition other) {
    return ORDER.compare(this, other);
  }

  String encode(String filter) {
    return Cursor.encode(
        filter, List.of(Long.toString(time), Long.toString(stream), Long.toString(line)));
  }

  static LinePosition decode(String filter, String cursor) {
    List<String> keys = Cursor.decode(filter, cursor);
    try {
      return new LinePosition(
          Long.parseLong(keys.get(0)), Long.parseLong(keys.get(1)), Long.parseLong(keys.get(2)));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw Cursor.notMadeHere();
    }
  }
}
