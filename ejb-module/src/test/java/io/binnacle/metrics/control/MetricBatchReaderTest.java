package io.binnacle.metrics.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.metrics.entity.MetricPoint;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricBatchReaderTest {
  private static final long RECEIVED = 5;

  @Test
  void pointsAreReadWithTheirTimes() {
    MetricBatch batch =
        read(
            """
            {"metrics":[
              {"step":1,"timestamp":"2026-11-21 08:00:00.123456789+01:00","values":{"a":0.5,"b":-3}},
              {"timestamp":1763712000.25,"step":9223372036854775807,"values":{"a":1e-300}},
              {"step":0,"values":{"a":2},"unknown":[{"x":1}]},
              {"step":3,"timestamp":null,"values":{"a":2}}
            ],"more":{"x":[]}}
            """);

    assertEquals(
        List.of(
            new MetricPoint(1, 1_795_244_400_123_456_789L, Map.of("a", 0.5, "b", -3.0)),
            new MetricPoint(Long.MAX_VALUE, 1_763_712_000_250_000_000L, Map.of("a", 1e-300)),
            new MetricPoint(0, RECEIVED, Map.of("a", 2.0)),
            new MetricPoint(3, RECEIVED, Map.of("a", 2.0))),
        batch.points().stream().map(MetricBatch.Placed::point).toList());
    assertEquals(new MetricAck(4, List.of(), 0), batch.ack());
  }

  @Test
  void whatIsNoNumberGoesByName() {
    Map<String, Double> values =
        read("""
                {"metrics":[{"step":1,"values":{"a":"NaN","b":"Infinity","c":"-Infinity"}}]}
                """)
            .points()
            .get(0)
            .point()
            .values();

    assertEquals(
        Map.of("a", Double.NaN, "b", Double.POSITIVE_INFINITY, "c", Double.NEGATIVE_INFINITY),
        values);
  }

  @Test
  void aBadPointIsToldAndSpoilsNoOther() {
    Map<String, String> refused =
        Map.ofEntries(
            Map.entry("[1,[2]]", "invalid_point"),
            Map.entry("null", "invalid_point"),
            Map.entry("{\"values\":{\"a\":1}}", "invalid_step"),
            Map.entry("{\"step\":-1,\"values\":{\"a\":1}}", "invalid_step"),
            Map.entry("{\"step\":1.5,\"values\":{\"a\":1}}", "invalid_step"),
            Map.entry("{\"step\":9223372036854775808,\"values\":{\"a\":1}}", "invalid_step"),
            Map.entry("{\"step\":\"1\",\"values\":{\"a\":1}}", "invalid_step"),
            Map.entry("{\"step\":{\"x\":1},\"values\":{\"a\":1}}", "invalid_step"),
            Map.entry("{\"step\":1}", "invalid_values"),
            Map.entry("{\"step\":1,\"values\":{}}", "invalid_values"),
            Map.entry("{\"step\":1,\"values\":[1]}", "invalid_values"),
            Map.entry("{\"step\":1,\"values\":{\"a\":true}}", "invalid_value"),
            Map.entry("{\"step\":1,\"values\":{\"a\":\"nan\"}}", "invalid_value"),
            Map.entry("{\"step\":1,\"values\":{\"a\":1e999}}", "invalid_value"),
            Map.entry("{\"step\":1,\"values\":{\"a\":{\"b\":1}}}", "invalid_value"),
            Map.entry("{\"step\":1,\"values\":{\"\":1}}", "invalid_name"),
            Map.entry("{\"step\":1,\"values\":{\"a\\u0000\":1}}", "invalid_name"),
            Map.entry("{\"step\":1,\"values\":{\"" + "x".repeat(251) + "\":1}}", "invalid_name"),
            Map.entry(
                "{\"step\":1,\"timestamp\":\"now\",\"values\":{\"a\":1}}", "invalid_timestamp"),
            Map.entry("{\"step\":1,\"timestamp\":1e99,\"values\":{\"a\":1}}", "invalid_timestamp"),
            Map.entry(
                "{\"step\":1,\"timestamp\":1e2147483647,\"values\":{\"a\":1}}",
                "invalid_timestamp"),
            Map.entry("{\"step\":1,\"timestamp\":[],\"values\":{\"a\":1}}", "invalid_timestamp"));
    refused.forEach(
        (point, code) -> {
          MetricAck ack =
              read("{\"metrics\":[" + point + ",{\"step\":7,\"values\":{\"ok\":1}}]}").ack();
          assertEquals(1, ack.accepted(), point);
          assertEquals(1, ack.refusedCount(), point);
          assertEquals(code, ack.refused().get(0).code(), point);
          assertEquals(0, ack.refused().get(0).index(), point);
        });
  }

  @Test
  void aPointWithAnEndlessNumberOrNameSpoilsNoOtherEither() {
    String digits = "1".repeat(100_000);
    Map<String, String> refused =
        Map.of(
            "{\"step\":" + digits + ",\"values\":{\"a\":1}}", "invalid_step",
            "{\"step\":1,\"values\":{\"a\":" + digits + "}}", "invalid_value",
            "{\"step\":1,\"values\":{\"a\":0." + digits + "}}", "invalid_value",
            "{\"step\":1,\"timestamp\":" + digits + ",\"values\":{\"a\":1}}", "invalid_timestamp",
            "{\"step\":1,\"values\":{\"" + digits + "\":1}}", "invalid_name",
            "{\"step\":1,\"" + digits + "\":1}", "invalid_values");
    refused.forEach(
        (point, code) -> {
          MetricAck ack =
              read("{\"metrics\":[" + point + ",{\"step\":7,\"values\":{\"ok\":1}}]}").ack();
          assertEquals(1, ack.accepted(), code);
          assertEquals(code, ack.refused().get(0).code());
        });
  }

  @Test
  void aPointWithTooManyValuesIsRefused() {
    assertEquals(1, read(points(1, 1_000)).ack().accepted());
    assertEquals("too_many_values", read(points(1, 1_001)).ack().refused().get(0).code());
  }

  @Test
  void aRequestWithTooMuchIsRefusedWholeSoThatItsSenderSplitsIt() {
    assertEquals(1_000, read(points(1_000, 1)).ack().accepted());
    assertProblem(ProblemType.INVALID_FIELD, points(1_001, 1));
    assertProblem(ProblemType.INVALID_FIELD, points(101, 1_000));
  }

  @Test
  void aBodyThatIsNoneIsRefused() {
    for (String body : List.of("", "[]", "{\"metrics\":[", "{\"metrics\":[}]}", "{} {}", "nul")) {
      assertProblem(ProblemType.MALFORMED_BODY, body);
    }
    for (String body : List.of("{}", "{\"metrics\":{}}", "{\"metrics\":null}")) {
      assertProblem(ProblemType.INVALID_FIELD, body);
    }
    assertProblem(ProblemType.MALFORMED_BODY, "[".repeat(100_000));
    assertProblem(
        ProblemType.MALFORMED_BODY, "{\"metrics\":[{\"step\":1,\"values\":{\"\\ud800\":1}}]}");
    assertProblem(ProblemType.MALFORMED_BODY, "{\"x\":" + "[".repeat(100_000));
  }

  @Test
  void anEmptyListIsFine() {
    assertEquals(new MetricAck(0, List.of(), 0), read("{\"metrics\":[]}").ack());
  }

  @Test
  void onlyTheFirstRefusalsAreListedButAllAreCounted() {
    String bad =
        IntStream.range(0, 300).mapToObj(i -> "{\"step\":-1}").collect(Collectors.joining(","));

    MetricAck ack = read("{\"metrics\":[" + bad + "]}").ack();

    assertEquals(300, ack.refusedCount());
    assertEquals(100, ack.refused().size());
  }

  private static String points(int points, int values) {
    String named =
        IntStream.range(0, values)
            .mapToObj(i -> "\"m" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    return IntStream.range(0, points)
        .mapToObj(i -> "{\"step\":" + i + ",\"values\":" + named + "}")
        .collect(Collectors.joining(",", "{\"metrics\":[", "]}"));
  }

  private static void assertProblem(ProblemType type, String body) {
    String shown = body.substring(0, Math.min(80, body.length()));
    assertEquals(type, assertThrows(ProblemException.class, () -> read(body), shown).type(), shown);
  }

  private static MetricBatch read(String body) {
    return MetricBatchReader.read(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), RECEIVED);
  }
}
