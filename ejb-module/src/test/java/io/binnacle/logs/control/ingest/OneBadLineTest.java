package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A line that can't be taken is refused alone, whatever its size, or is kept as far as it can be.
 */
class OneBadLineTest {
  private static final int MILLIONS = 7_000_000;

  private final LineBuffer lines = new LineBuffer();

  static Stream<Arguments> badLines() {
    return Stream.of(
        bad("fields_too_large", "\"fields\":{\"a\":" + "7".repeat(100_000) + "}"),
        bad("fields_too_large", "\"fields\":{\"a\":" + "7".repeat(MILLIONS) + "}"),
        bad("fields_too_large", "\"fields\":{\"a\":0." + "7".repeat(MILLIONS) + "}"),
        bad("fields_too_large", "\"fields\":{\"" + "n".repeat(100_000) + "\":1}"),
        bad("fields_too_large", "\"fields\":{\"" + "n".repeat(MILLIONS) + "\":1}"),
        bad("fields_too_deep", "\"fields\":" + nested(101)),
        bad("fields_too_deep", "\"fields\":" + nested(90_000)),
        bad("fields_too_deep", "\"fields\":{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"),
        bad("invalid_timestamp", "\"timestamp\":1" + "0".repeat(1_200)),
        bad("invalid_timestamp", "\"timestamp\":1." + "0".repeat(MILLIONS)),
        bad("invalid_timestamp", "\"timestamp\":\"" + "2".repeat(MILLIONS) + "\""),
        bad("invalid_severity", "\"severity\":" + "9".repeat(MILLIONS)),
        bad("invalid_severity", "\"severity\":" + nested(200)),
        bad("invalid_line_number", "\"line_number\":1" + "0".repeat(1_200)),
        bad("invalid_level", "\"level\":\"" + "x".repeat(33) + "\""),
        bad("invalid_level", "\"level\":\"" + "\ud83d\ude80".repeat(33) + "\""),
        bad("invalid_source", "\"source\":\"" + "x".repeat(51) + "\""));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void aLineThatCannotBeTakenIsRefusedAlone(String code, String line) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          LogBatch batch =
              read("{\"message\":\"a\"},{\"message\":\"b\"," + line + "},{\"message\":\"c\"}");

          assertEquals(List.of("a", "c"), messages());
          assertEquals(
              List.of("1 " + code),
              batch.refused().stream().map(r -> r.index() + " " + r.code()).toList());
        });
  }

  @Test
  void theFieldsOfALineGoOnAfterThoseThatWereTooDeep() {
    read(
        "{\"message\":\"a\",\"fields\":"
            + nested(101)
            + "},"
            + "{\"message\":\"b\",\"fields\":{\"k\":1}},"
            + "{\"message\":\"c\",\"fields\":"
            + nested(100)
            + "}");

    assertEquals(List.of("b", "c"), messages());
    assertEquals("{\"k\":1}", fields(0));
    assertEquals(nested(100), fields(1));
  }

  @Test
  void halvesOfCharactersInNamesAreReplaced() {
    read(
        "{\"message\":\"a\",\"fields\":{\"\\ud800\":1,\"x\\udc00y\":{\"\\ud83d\\ude80\":2}},"
            + "\"\\ud800\":3}");

    assertEquals("{\"\ufffd\":1,\"x\ufffdy\":{\"\ud83d\ude80\":2}}", fields(0));
  }

  @Test
  void namesThatNobodyKnowsAreSkippedWhateverTheirSize() {
    read("{\"message\":\"a\",\"" + "n".repeat(100_000) + "\":" + "7".repeat(100_000) + "}");

    assertEquals(List.of("a"), messages());
  }

  @Test
  void aMessageIsKeptWhateverItIs() {
    LogBatch batch =
        read(
            "{\"message\":"
                + "7".repeat(2_000)
                + "},{\"message\":"
                + nested(20_000)
                + "},"
                + "{\"message\":{\"a\":1.50}}");

    assertEquals(List.of("7".repeat(2_000), "{\"a\":1.50}"), List.of(message(0), message(2)));
    assertEquals(nested(20_000).length(), lines.originalBytes(1));
    assertEquals(1, batch.truncated());
  }

  @Test
  void theNameOfALevelIsCountedInCharacters() {
    String rockets = "\ud83d\ude80".repeat(32);
    read(
        "{\"message\":\"a\",\"level\":\""
            + rockets
            + "\"},"
            + "{\"message\":\"b\",\"level\":\""
            + "ß".repeat(32)
            + "\"},"
            + "{\"message\":\"c\",\"level\":\" audit,x \",\"source\":\" "
            + "\ud83d\ude80".repeat(48)
            + " \"}");

    assertEquals(
        List.of(rockets, "ß".repeat(32), "AUDIT,X"),
        IntStream.range(0, 3).mapToObj(i -> lines.level(i).name()).toList());
    assertEquals("\ud83d\ude80".repeat(48), lines.source(2));
  }

  @Test
  void aBodyThatIsNothingButDepthIsRefusedInWords() {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> read("{\"message\":" + "[".repeat(MILLIONS)));

    assertEquals(ProblemType.MALFORMED_BODY, refusal.type());
  }

  @Test
  void labelsAreBounded() {
    for (String labels : List.of(nested(101), "{\"a\":" + "7".repeat(1_001) + "}")) {
      ProblemException refusal =
          assertThrows(
              ProblemException.class, () -> readBody("{\"labels\":" + labels + ",\"logs\":[]}"));

      assertEquals("labels", refusal.field());
    }
  }

  private static Arguments bad(String code, String line) {
    return Arguments.of(code, line);
  }

  private static String nested(int levels) {
    return "{\"a\":".repeat(levels - 1) + "{\"a\":1}" + "}".repeat(levels - 1);
  }

  private LogBatch read(String someLines) {
    return readBody("{\"logs\":[" + someLines + "]}");
  }

  private LogBatch readBody(String body) {
    return new LogBatchReader(new LogLimits(5_000, 8 << 20, 64 << 10, 64 << 10))
        .readBatch(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), lines, 1);
  }

  private List<String> messages() {
    return IntStream.range(0, lines.lines()).mapToObj(this::message).toList();
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
