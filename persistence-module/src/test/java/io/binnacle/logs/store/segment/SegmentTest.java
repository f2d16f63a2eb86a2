package io.binnacle.logs.store.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.entity.LineBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static final byte[] NOTHING = {};
  private final SegmentEncoder encoder = new SegmentEncoder();

  /** A line as a test wrote it. */
  private record Line(
      String level,
      int severity,
      String source,
      long time,
      int flags,
      long clientLine,
      int originalBytes,
      String message,
      String fields) {

    void addTo(LineBuffer lines) {
      byte[] text = message.getBytes(StandardCharsets.UTF_8);
      byte[] json = fields.getBytes(StandardCharsets.UTF_8);
      lines.add(
          lines.level(level, severity),
          lines.source(source),
          time,
          flags,
          clientLine,
          originalBytes,
          text,
          0,
          text.length,
          json,
          0,
          json.length);
    }

    static Line of(Segment segment, int i) {
      int start = segment.fieldsStart(i);
      return new Line(
          segment.level(i).name(),
          segment.level(i).severity(),
          segment.source(i),
          segment.times()[i],
          segment.flags(i),
          segment.clientLine(i),
          segment.originalBytes(i),
          segment.message(i),
          new String(
              segment.fields(), start, segment.fieldsEnd(i) - start, StandardCharsets.UTF_8));
    }
  }

  @Test
  void whateverIsEncodedComesBack() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Line> written = lines(random, 1 + random.nextInt(random.nextBoolean() ? 10 : 1_500));
      LineBuffer buffer = buffer(written);
      int from = random.nextInt(written.size());
      int to = SegmentEncoder.end(buffer, from, written.size());

      Segment segment = open(encoder.encode(buffer, from, to));

      List<Line> read = new ArrayList<>();
      for (int i = 0; i < segment.lines(); i++) {
        read.add(Line.of(segment, i));
      }
      assertEquals(written.subList(from, to), read, "seed " + seed);
    }
  }

  @Test
  void theLargestSegmentFitsIntoARowWhateverItHolds() {
    Random random = new Random(1);
    LineBuffer lines = new LineBuffer();
    byte[] noise = new byte[SegmentEncoder.MAX_RAW_BYTES / SegmentEncoder.MAX_LINES];
    for (int i = 0; i < 2 * SegmentEncoder.MAX_LINES; i++) {
      random.nextBytes(noise);
      lines.add(
          lines.level("L" + i % SegmentEncoder.MAX_NAMES, 9),
          lines.source("S" + random.nextInt(SegmentEncoder.MAX_NAMES)),
          random.nextLong() >>> 1,
          LineBuffer.TRUNCATED,
          random.nextLong() >>> 2,
          random.nextInt() >>> 1,
          noise,
          0,
          noise.length,
          noise,
          0,
          noise.length);
    }

    int end = SegmentEncoder.end(lines, 0, lines.lines());

    assertEquals(SegmentEncoder.MAX_LINES, end);
    int payload = encoder.encode(lines, 0, end).payload().length;
    assertTrue(payload < 1 << 20, () -> "A payload of " + payload + " bytes");
  }

  @Test
  void metadataTellWhatTheLinesHave() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<Line> written = lines(random, 1 + random.nextInt(200));
      LineBuffer buffer = buffer(written);
      int to = SegmentEncoder.end(buffer, 0, written.size());

      EncodedSegment encoded = encoder.encode(buffer, 0, to);

      Map<LineBuffer.Level, Long> levels = new HashMap<>();
      Map<String, Long> sources = new HashMap<>();
      int mask = 0;
      for (Line line : written.subList(0, to)) {
        levels.merge(new LineBuffer.Level(line.level, line.severity), 1L, Long::sum);
        sources.merge(line.source, 1L, Long::sum);
        mask |= 1 << line.severity;
      }
      assertEquals(levels, NameCounts.levels(encoded.levelCounts()));
      assertEquals(sources, NameCounts.sources(encoded.sourceCounts()));
      assertEquals(mask, encoded.severityMask());
      assertEquals(
          written.subList(0, to).stream().mapToLong(Line::time).min().orElseThrow(),
          encoded.minTime());
      assertEquals(
          written.subList(0, to).stream().mapToLong(Line::time).max().orElseThrow(),
          encoded.maxTime());
    }
  }

  @Test
  void linesThatAreCopiedToBeEncodedAgainStayTheSame() {
    List<Line> written = lines(new Random(7), 300);
    LineBuffer buffer = buffer(written);
    Segment first = open(encoder.encode(buffer, 0, SegmentEncoder.end(buffer, 0, 300)));
    LineBuffer merged = new LineBuffer();
    first.copyTo(merged, 0, first.lines());

    Segment again = open(encoder.encode(merged, 0, merged.lines()));

    for (int i = 0; i < again.lines(); i++) {
      assertEquals(written.get(i), Line.of(again, i));
    }
  }

  @Test
  void everyPlaceOfTheTextBelongsToItsLine() {
    LineBuffer buffer = buffer(lines(new Random(8), 100));
    Segment segment = open(encoder.encode(buffer, 0, SegmentEncoder.end(buffer, 0, 100)));

    for (int line = 0; line < segment.lines(); line++) {
      for (int at = segment.textStart(line); at <= segment.textEnd(line); at++) {
        assertEquals(line, segment.lineAt(at));
      }
    }
  }

  @Test
  void aSegmentEndsAtItsLimitsButHasAlwaysALine() {
    LineBuffer buffer = new LineBuffer();
    String half = "x".repeat(SegmentEncoder.MAX_RAW_BYTES / 2);
    line(half + half + half, "").addTo(buffer);
    for (int i = 0; i < 3; i++) {
      line(half, "").addTo(buffer);
    }

    assertEquals(1, SegmentEncoder.end(buffer, 0, 4));
    assertEquals(3, SegmentEncoder.end(buffer, 1, 4));
    assertEquals(4, SegmentEncoder.end(buffer, 3, 4));
  }

  @Test
  void aSegmentHasNoMoreNamesThanCodes() {
    LineBuffer buffer = new LineBuffer();
    for (int i = 0; i < 200; i++) {
      new Line("L" + i, 9, "s", 1, 0, -1, 1, "m", "").addTo(buffer);
    }

    int end = SegmentEncoder.end(buffer, 0, 200);

    assertEquals(SegmentEncoder.MAX_NAMES, end);
    assertEquals("L63", open(encoder.encode(buffer, 0, end)).level(63).name());
  }

  @Test
  void aDamagedPayloadIsRefusedAndNeverReadAsSomethingElse() {
    LineBuffer buffer = buffer(lines(new Random(9), 50));
    EncodedSegment encoded =
        encoder.encode(buffer, 0, SegmentEncoder.end(buffer, 0, buffer.lines()));
    Random random = new Random(10);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = encoded.payload().clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));

      assertThrows(CorruptSegmentException.class, () -> Segment.open(damaged, encoded.checksum()));
    }
    assertThrows(
        CorruptSegmentException.class,
        () -> Segment.open(NOTHING, SegmentEncoder.checksum(NOTHING)));
  }

  @Test
  void repeatedTextTakesLittleRoom() {
    LineBuffer buffer = new LineBuffer();
    for (int i = 0; i < 1_000; i++) {
      line("epoch 3 step " + i + " loss 0.25", "").addTo(buffer);
    }

    EncodedSegment encoded = encoder.encode(buffer, 0, 1_000);

    assertTrue(encoded.payload().length * 4 < encoded.rawBytes());
  }

  private static Segment open(EncodedSegment encoded) {
    return Segment.open(encoded.payload(), encoded.checksum());
  }

  private static Line line(String message, String fields) {
    return new Line("INFO", 9, "stdout", 5, 0, -1, message.length(), message, fields);
  }

  private static LineBuffer buffer(List<Line> lines) {
    LineBuffer buffer = new LineBuffer();
    lines.forEach(line -> line.addTo(buffer));
    return buffer;
  }

  private static List<Line> lines(Random random, int count) {
    List<Line> lines = new ArrayList<>();
    boolean withFields = random.nextBoolean();
    boolean numbered = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      String message = message(random);
      int size = message.getBytes(StandardCharsets.UTF_8).length;
      boolean cut = random.nextInt(20) == 0;
      int flags = (cut ? LineBuffer.TRUNCATED : 0) | random.nextInt(2);
      lines.add(
          new Line(
              "LEVEL" + random.nextInt(3),
              1 + random.nextInt(24),
              random.nextBoolean() ? "stdout" : "日志" + random.nextInt(3),
              time(random, i),
              flags,
              numbered && random.nextInt(10) > 0 ? i * 3L + random.nextInt(3) : -1,
              cut ? size + random.nextInt(1 << 30) : size,
              message,
              withFields && random.nextBoolean() ? "{\"step\":" + i + "}" : ""));
    }
    return lines;
  }

  private static long time(Random random, int i) {
    return switch (random.nextInt(20)) {
      case 0 -> Long.MIN_VALUE / 2 + random.nextInt(1_000);
      case 1 -> Long.MAX_VALUE / 2 - random.nextInt(1_000);
      default -> 1_763_712_000_000_000_000L + i * 1_000_003L;
    };
  }

  private static String message(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> "two\nlines\n";
      case 2 -> "日本語 🚀 " + random.nextInt();
      case 3 -> "x".repeat(random.nextInt(300));
      case 4 -> "\0\u001b[31mred\u001b[0m";
      default -> "step " + random.nextInt(100) + " loss " + random.nextDouble();
    };
  }
}
