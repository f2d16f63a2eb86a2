package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogBatchReaderTest {
  private static final long RECEIVED = 1_700_000_000_000_000_000L;

  private final LineBuffer lines = new LineBuffer();
  private final LogBatchReader reader = new LogBatchReader(new LogLimits(5, 1 << 20, 16, 32));

  @Test
  void readsEverythingThatALineCanCarry() {
    LogBatch batch =
        read(
            """
            {"stream":"rank-3","labels":{"gpu":3},"client_id":"c1","batch_no":7,"release":"r1",
             "logs":[{"level":"warn","message":"é\\n\\u0000x","timestamp":"2026-11-21T08:15:30.000000001Z",
                      "source":"stderr","line_number":42,"fields":{"loss":0.5,"a":{"b":[1]}}}]}
            """);

    assertEquals(
        new LogBatch.Header("rank-3", "{\"gpu\":3}", "r1", null, null, "c1", 7), batch.header());
    assertEquals(new LineBuffer.Level("WARNING", 13), lines.level(0));
    assertEquals("stderr", lines.source(0));
    assertEquals("é\n\0x", message(0));
    assertEquals("{\"loss\":0.5,\"a\":{\"b\":[1]}}", fields(0));
    assertEquals(42, lines.clientLine(0));
    assertEquals(1_795_248_930_000_000_001L, lines.time(0));
    assertEquals(0, lines.flags(0));
  }

  @Test
  void aLineOfAMessageAloneGetsTheDefaultsAndTheTimeOfReceipt() {
    read("{\"logs\":[{\"message\":\"hello\"}]}");

    assertEquals(new LineBuffer.Level("INFO", 9), lines.level(0));
    assertEquals("user", lines.source(0));
    assertEquals(RECEIVED, lines.time(0));
    assertEquals(LineBuffer.TIME_RECEIVED, lines.flags(0));
    assertEquals(LineBuffer.NO_CLIENT_LINE, lines.clientLine(0));
  }

  @Test
  void halvesOfCharactersAreReplacedAndWholeOnesStandAsThemselves() {
    String rocket = "\ud83d\ude80";
    LogBatch batch =
        read(
            "{\"stream\":\"s\\ud800\",\"labels\":{\"a\":\"\\udc00\\ud83d\\ude80\"},\"logs\":"
                + "[{\"message\":\"\\ud800\\ud83d\\ude80\",\"source\":\"\\udc00\","
                + "\"fields\":{\"a\":[\"\\ud800x\",{\"b\":\"\\ud83d\\ude80\"}]}}]}");

    assertEquals("s\ufffd", batch.header().stream());
    assertEquals("{\"a\":\"\ufffd" + rocket + "\"}", batch.header().labels());
    assertEquals("\ufffd" + rocket, message(0));
    assertEquals("\ufffd", lines.source(0));
    assertEquals("{\"a\":[\"\ufffdx\",{\"b\":\"" + rocket + "\"}]}", fields(0));
  }

  /** Messages that lie whole in what the parser reads at once take another way than the others. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\ufeff"})
  void aMessageIsTheSameWhereverItLies(String mark) {
    Random random = new Random(42);
    String[] parts = {"plain ", "a\\", "\"", "é", "\ud83d\ude80", "\n", "0123456789".repeat(90)};
    List<String> sent = new ArrayList<>();
    StringBuilder body = new StringBuilder(mark).append("{\"labels\":{\"a\":\"b\"},\"logs\":[");
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(6); k > 0; k--) {
        text.append(parts[random.nextInt(random.nextInt(4) == 0 ? parts.length : 1)]);
      }
      sent.add(text.toString());
      body.append(i == 0 ? "" : ",")
          .append("{\"level\" : \"INFO\", \"message\" : \"")
          .append(JsonStringEncoder.getInstance().quoteAsString(text))
          .append("\"}");
    }
    LogLimits many = new LogLimits(500, 1 << 20, 1 << 16, 32);

    new LogBatchReader(many).readBatch(stream(body + "]}"), lines, RECEIVED);

    assertEquals(sent, IntStream.range(0, lines.lines()).mapToObj(this::message).toList());
  }

  @Test
  void oneBadLineDoesNotSpoilTheGoodOnes() {
    LogBatch batch =
        read(
            "{\"logs\":[{\"message\":\"a\"},{\"message\":\"b\",\"timestamp\":\"never\"},3,"
                + "{\"level\":\"INFO\"},{\"message\":\"c\"}]}");

    assertEquals(List.of("a", "c"), List.of(message(0), message(1)));
    assertEquals(
        List.of("1 invalid_timestamp", "2 not_an_object", "3 no_message"),
        batch.refused().stream().map(r -> r.index() + " " + r.code()).toList());
  }

  @Test
  void aLongMessageIsCutAtACharacterAndItsSizeKept() {
    LogBatch batch = read("{\"logs\":[{\"message\":\"0123456789abcde№ and more\"}]}");

    assertEquals("0123456789abcde", message(0));
    assertEquals(27, lines.originalBytes(0));
    assertEquals(LineBuffer.TRUNCATED | LineBuffer.TIME_RECEIVED, lines.flags(0));
    assertEquals(1, batch.truncated());
  }

  @Test
  void aCustomLevelKeepsItsNameAndMayBringASeverity() {
    read(
        "{\"logs\":[{\"message\":\"a\",\"level\":\"audit\"},"
            + "{\"message\":\"b\",\"level\":\"audit\",\"severity\":20},"
            + "{\"message\":\"c\",\"level\":\"Fatal\"}]}");

    assertEquals(
        List.of(
            new LineBuffer.Level("AUDIT", 9),
            new LineBuffer.Level("AUDIT", 20),
            new LineBuffer.Level("CRITICAL", 21)),
        IntStream.range(0, 3).mapToObj(lines::level).toList());
  }

  @Test
  void namesThatRepeatOrOnlyBeginAlikeAreToldApart() {
    read(
        "{\"logs\":[{\"message\":\"a\",\"level\":\"warn\",\"source\":\"ab\"},"
            + "{\"message\":\"b\",\"level\":\"warn\",\"source\":\"ab\"},"
            + "{\"message\":\"c\",\"level\":\"Warn\",\"source\":\"ac\"},"
            + "{\"message\":\"d\",\"level\":\"\",\"source\":\"\"},"
            + "{\"message\":\"e\",\"level\":\"warn\",\"source\":\"abc\"}]}");

    assertEquals(
        List.of("WARNING ab", "WARNING ab", "WARNING ac", "INFO user", "WARNING abc"),
        IntStream.range(0, 5)
            .mapToObj(i -> lines.level(i).name() + " " + lines.source(i))
            .toList());
  }

  @Test
  void fieldsBeyondTheLimitRefuseTheLine() {
    LogBatch batch =
        read("{\"logs\":[{\"message\":\"a\",\"fields\":{\"k\":\"" + "x".repeat(40) + "\"}}]}");

    assertEquals("fields_too_large", batch.refused().get(0).code());
    assertEquals(0, lines.lines());
  }

  @Test
  void equalBytesHaveEqualHashesAndOthersHaveNot() {
    long one = read("{\"logs\":[{\"message\":\"a\"}]}").contentHash();
    lines.clear();
    long same = read("{\"logs\":[{\"message\":\"a\"}]}").contentHash();
    lines.clear();
    long other = read("{\"logs\":[{\"message\":\"b\"}]}").contentHash();

    assertEquals(one, same);
    assertNotEquals(one, other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"logs\":[{\"message\":\"a\"}",
        "{\"logs\":[]} trailing",
        "{\"logs\":[{\"message\":\"\u0001\"}]}",
        "nonsense"
      })
  void aBodyThatIsNoJsonObjectIsRefusedWhole(String body) {
    assertEquals(
        ProblemType.MALFORMED_BODY, assertThrows(ProblemException.class, () -> read(body)).type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"logs\":{}}",
        "{\"logs\":[],\"batch_no\":1}",
        "{\"logs\":[],\"client_id\":\"c\"}",
        "{\"logs\":[],\"client_id\":\"c\",\"batch_no\":0}",
        "{\"logs\":[],\"client_id\":\"c\",\"batch_no\":99999999999999999999}",
        "{\"logs\":[],\"client_id\":3,\"batch_no\":1}",
        "{\"logs\":[],\"stream\":\"a\\nb\"}",
        "{\"logs\":[{\"message\":1},{\"message\":1},{\"message\":1},{\"message\":1},{\"message\":1},{\"message\":1}]}"
      })
  void aBatchWithAWrongFrameIsRefusedWhole(String body) {
    assertEquals(
        ProblemType.INVALID_FIELD, assertThrows(ProblemException.class, () -> read(body)).type());
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedInWords() {
    byte[] body = "{\"logs\":[{\"message\":\"?\"}]}".getBytes(StandardCharsets.US_ASCII);
    body[21] = (byte) 0xff;

    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> reader.readBatch(new ByteArrayInputStream(body), lines, RECEIVED));

    assertEquals(ProblemType.MALFORMED_BODY, refusal.type());
  }

  @Test
  void aSingleLineMayCarryTheFieldsOfABatch() {
    LogBatch batch =
        reader.readLine(
            stream("{\"message\":\"a\",\"stream\":\"s\",\"client_id\":\"c\",\"batch_no\":1}"),
            lines,
            RECEIVED);

    assertEquals("s", batch.header().stream());
    assertEquals(1, lines.lines());
  }

  @Test
  void aSingleLineThatIsRefusedSaysWhy() {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> reader.readLine(stream("{}"), lines, RECEIVED));

    assertEquals("no_message: A line needs a message.", refusal.getMessage());
  }

  private LogBatch read(String body) {
    return reader.readBatch(stream(body), lines, RECEIVED);
  }

  private static ByteArrayInputStream stream(String body) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }

  private String message(int line) {
    int start = lines.textStart(line);
    return new String(lines.text(), start, lines.textEnd(line) - start, StandardCharsets.UTF_8);
  }

  private String fields(int line) {
    int start = lines.fieldsStart(line);
    return new String(lines.fields(), start, lines.fieldsEnd(line) - start, StandardCharsets.UTF_8);
  }
}
