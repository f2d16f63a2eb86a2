package io.binnacle.testing;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.LogSegments;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.store.Ids;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;

/** Streams, lines and segments for tests, without what such a test does not care about. */
public final class TestLogs {
  private static final Ids IDS = new Ids(1, System::currentTimeMillis);

  /** The project of every stream. */
  public static final long PROJECT = 7;

  private TestLogs() {}

  /** A stream without lines. */
  public static LogStream stream(long id, LogOwner owner, String name) {
    return new LogStream(id, PROJECT, owner, name, 1, 0, 1, false);
  }

  /**
   * Adds a line of level INFO from stdout.
   *
   * @param time nanoseconds since 1970
   */
  public static void add(LineBuffer lines, long time, String message) {
    add(lines, "INFO", 9, "stdout", time, message, "");
  }

  /**
   * Adds a line.
   *
   * @param time nanoseconds since 1970
   * @param fields a JSON object, or nothing
   */
  public static void add(
      LineBuffer lines,
      String level,
      int severity,
      String source,
      long time,
      String message,
      String fields) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] json = fields.getBytes(StandardCharsets.UTF_8);
    lines.add(
        lines.level(level, severity),
        lines.source(source),
        time,
        0,
        LineBuffer.NO_CLIENT_LINE,
        text.length,
        text,
        0,
        text.length,
        json,
        0,
        json.length);
  }

  /** The store of segments in a database, outside of a container. */
  public static LogSegments store(DataSource dataSource) {
    return new LogSegments(dataSource, IDS);
  }

  /** All lines in one segment. */
  public static EncodedSegment encode(LineBuffer lines) {
    try (SegmentEncoder encoder = new SegmentEncoder()) {
      return encoder.encode(lines, 0, lines.lines());
    }
  }

  /** All lines as a segment of a stream. */
  public static NewSegment segment(LogStream stream, long firstLine, int bucket, LineBuffer lines) {
    return new NewSegment(stream, firstLine, bucket, encode(lines));
  }

  /** What the metadata of a segment will be, without the key of its payload. */
  public static SegmentInfo info(NewSegment made) {
    EncodedSegment encoded = made.encoded();
    return new SegmentInfo(
        made.stream().id(),
        made.firstLine(),
        encoded.lines(),
        made.bucket(),
        encoded.minTime(),
        encoded.maxTime(),
        encoded.severityMask(),
        encoded.levelCounts(),
        encoded.sourceCounts(),
        encoded.rawBytes(),
        0,
        encoded.payload().length,
        encoded.checksum());
  }
}
