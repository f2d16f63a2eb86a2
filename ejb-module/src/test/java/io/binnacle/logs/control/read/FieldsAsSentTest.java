package io.binnacle.logs.control.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.control.ingest.LogBatch;
import io.binnacle.logs.control.ingest.LogBatchReader;
import io.binnacle.logs.control.ingest.LogLimits;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.logs.entity.LogLine;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.store.LineMatcher;
import io.binnacle.logs.store.NewSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.testing.TestLogs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields are answered as they were sent, but for white space and needless escapes. */
class FieldsAsSentTest {
  private static final int BATCHES = 200;
  private static final int LINES = 20;
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1.50",
    "1e3",
    "1E+3",
    "1e400",
    "-1e-400",
    "0.1234567890123456789",
    "123456789.123456789",
    "18446744073709551616",
    "100000000000000000000000000001",
    "0.0",
    "-0.0e0"
  };
  private static final String[] SIGNS = {
    "a",
    "B",
    ".",
    " ",
    "é",
    "損",
    "\ud83d\ude80",
    "\"",
    "\\",
    "/",
    "\n",
    "\u0001",
    "\u007f",
    "\u2028",
    "\ufffd",
    "'",
    "<",
    "ß"
  };

  private final Random random = new Random(47);

  /** A value as it is sent, with spaces and escapes, and as it is answered. */
  private record Sent(String text, String expected) {}

  /** A number or text somewhere in the fields, under the name that finds it. */
  private record Leaf(String name, String value) {}

  private final List<Leaf> leaves = new ArrayList<>();

  @Test
  void fieldsComeBackAsTheyWereSent() {
    for (int i = 0; i < BATCHES; i++) {
      List<Sent> sent = new ArrayList<>();
      StringBuilder body = new StringBuilder("{\"logs\":[");
      for (int line = 0; line < LINES; line++) {
        Sent fields = object(null, 4);
        sent.add(fields);
        body.append(line == 0 ? "" : ",").append("{\"message\":\"m\",\"fields\":");
        body.append(fields.text()).append('}');
      }
      List<LogLine> stored = stored(body.append("]}").toString());

      for (int line = 0; line < LINES; line++) {
        String expected = sent.get(line).expected();
        assertEquals(expected.equals("{}") ? null : expected, stored.get(line).fieldsJson());
      }
    }
  }

  @Test
  void everyValueIsFoundByItsName() {
    for (int i = 0; i < BATCHES; i++) {
      leaves.clear();
      Sent fields = object(null, 4);
      Segment segment =
          segment("{\"logs\":[{\"message\":\"m\",\"fields\":" + fields.text() + "}]}");
      for (Leaf leaf : leaves) {
        LogFilter filter =
            new LogFilter(
                Set.of(),
                1,
                Set.of(),
                null,
                null,
                false,
                Map.of(leaf.name(), leaf.value()),
                null,
                null);
        BitSet found =
            new LineMatcher(filter)
                .match(segment, 0, 1, System.nanoTime() + TimeUnit.SECONDS.toNanos(60));
        assertTrue(found != null && found.get(0), () -> leaf + " in " + fields.expected());
      }
    }
  }

  private Sent object(@Nullable String path, int depth) {
    StringBuilder text = new StringBuilder("{").append(space());
    StringBuilder expected = new StringBuilder("{");
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = text();
      Sent value = value(path == null ? name : path + "." + name, depth - 1);
      boolean last = i == 1;
      text.append(quoted(name, true)).append(space()).append(':').append(space());
      text.append(value.text()).append(space()).append(last ? "" : "," + space());
      expected.append(quoted(name, false)).append(':').append(value.expected());
      expected.append(last ? "" : ",");
    }
    return new Sent(text.append('}').toString(), expected.append('}').toString());
  }

  private Sent array(String path, int depth) {
    StringBuilder text = new StringBuilder("[").append(space());
    StringBuilder expected = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      Sent value = value(path, depth - 1);
      boolean last = i == 1;
      text.append(value.text()).append(space()).append(last ? "" : "," + space());
      expected.append(value.expected()).append(last ? "" : ",");
    }
    return new Sent(text.append(']').toString(), expected.append(']').toString());
  }

  private Sent value(String path, int depth) {
    switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> {
        String text = text();
        leaves.add(new Leaf(path, text));
        return new Sent(quoted(text, true), quoted(text, false));
      }
      case 1 -> {
        return same(path, NUMBERS[random.nextInt(NUMBERS.length)]);
      }
      case 2 -> {
        return same(path, number());
      }
      case 3 -> {
        return same(path, List.of("true", "false", "null").get(random.nextInt(3)));
      }
      case 4 -> {
        return object(path, depth);
      }
      default -> {
        return array(path, depth);
      }
    }
  }

  private Sent same(String path, String text) {
    leaves.add(new Leaf(path, text));
    return new Sent(text, text);
  }

  private String number() {
    StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
    number.append(1 + random.nextInt(9)).append(digits(random.nextInt(40)));
    if (random.nextBoolean()) {
      number.append('.').append(digits(1 + random.nextInt(40)));
    }
    if (random.nextBoolean()) {
      number.append(random.nextBoolean() ? "e" : "E-").append(digits(1 + random.nextInt(6)));
    }
    return number.toString();
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(SIGNS[random.nextInt(SIGNS.length)]);
    }
    return text.toString();
  }

  private String space() {
    return List.of("", " ", "\n\t").get(random.nextInt(3));
  }

  /** A JSON text; a sender may escape more than it must. */
  private String quoted(String text, boolean sent) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int c : text.codePoints().toArray()) {
      if (sent && random.nextInt(4) == 0) {
        for (char unit : Character.toChars(c)) {
          quoted.append("\\u%04x".formatted((int) unit));
        }
      } else if (c == '"' || c == '\\') {
        quoted.append('\\').appendCodePoint(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c < ' ') {
        quoted.append("\\u%04X".formatted(c));
      } else {
        quoted.appendCodePoint(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static List<LogLine> stored(String body) {
    LineBuffer lines = read(body);
    NewSegment made =
        TestLogs.segment(TestLogs.stream(1, new LogOwner(OwnerKind.RUN, 1), "main"), 1, 0, lines);
    Segment segment = Segment.open(made.encoded().payload(), made.encoded().checksum());
    List<LogLine> stored = new ArrayList<>();
    for (int i = 0; i < segment.lines(); i++) {
      stored.add(SegmentLines.line(TestLogs.info(made), segment, i));
    }
    return stored;
  }

  private static Segment segment(String body) {
    var encoded = TestLogs.encode(read(body));
    return Segment.open(encoded.payload(), encoded.checksum());
  }

  private static LineBuffer read(String body) {
    LineBuffer lines = new LineBuffer();
    LogBatch batch =
        new LogBatchReader(new LogLimits(5_000, 8 << 20, 64 << 10, 64 << 10))
            .readBatch(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), lines, 1);
    assertEquals(List.of(), batch.refused());
    return lines;
  }
}
