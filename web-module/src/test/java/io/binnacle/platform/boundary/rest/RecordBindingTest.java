package io.binnacle.platform.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordBindingTest {
  enum Colour {
    RED,
    GREEN
  }

  record Inner(String text) {}

  record Sample(
      String displayName,
      Integer count,
      long size,
      Double rate,
      Boolean flag,
      Colour colour,
      Instant startedAt,
      List<String> tags,
      Map<String, Object> config,
      Inner inner,
      List<Inner> inners) {}

  @Test
  void everyKindOfValueIsBoundBySnakeCaseName() {
    Sample sample =
        bind(
            """
            {"display_name":"Ann","count":3,"size":4,"rate":0.5,"flag":true,"colour":"RED",
             "started_at":"2026-11-21T09:00:00.000000001+01:00","tags":["a","b"],
             "config":{"lr":0.1,"deep":{"x":[1,null]}},"inner":{"text":"t"},
             "inners":[{"text":"u"}]}
            """);
    assertEquals("Ann", sample.displayName());
    assertEquals(3, sample.count());
    assertEquals(4, sample.size());
    assertEquals(0.5, sample.rate());
    assertEquals(Colour.RED, sample.colour());
    assertEquals(Instant.parse("2026-11-21T08:00:00.000000001Z"), sample.startedAt());
    assertEquals(List.of("a", "b"), sample.tags());
    assertEquals(new BigDecimal("0.1"), sample.config().get("lr"));
    assertEquals("t", sample.inner().text());
    assertEquals(List.of(new Inner("u")), sample.inners());
  }

  @Test
  void aFieldThatTheRecordDoesNotKnowIsNamed() {
    for (String field : List.of("displayName", "nmae")) {
      ProblemException refusal =
          assertThrows(ProblemException.class, () -> bind("{\"" + field + "\":1}"));
      assertEquals(field, refusal.field());
    }
    ProblemException inside =
        assertThrows(ProblemException.class, () -> bind("{\"inner\":{\"x\":1}}"));
    assertEquals("inner.x", inside.field());
  }

  @Test
  void whatIsAbsentOrNullIsNullOrZero() {
    Sample sample = bind("{\"display_name\":null}");
    assertNull(sample.displayName());
    assertNull(sample.flag());
    assertEquals(0, sample.size());
  }

  @Test
  void aValueOfTheWrongTypeIsRefusedByItsName() {
    assertEquals("display_name", field("{\"display_name\":5}"));
    assertEquals("display_name", field("{\"display_name\":[\"a\"]}"));
    assertEquals("count", field("{\"count\":\"3\"}"));
    assertEquals("count", field("{\"count\":1.5}"));
    assertEquals("count", field("{\"count\":99999999999}"));
    assertEquals("size", field("{\"size\":1e400}"));
    assertEquals("rate", field("{\"rate\":1e400}"));
    assertEquals("rate", field("{\"rate\":1e999999999}"));
    assertEquals("flag", field("{\"flag\":\"yes\"}"));
    assertEquals("colour", field("{\"colour\":\"BLUE\"}"));
    assertEquals("started_at", field("{\"started_at\":\"yesterday\"}"));
    assertEquals("tags", field("{\"tags\":\"a\"}"));
    assertEquals("tags[1]", field("{\"tags\":[\"a\",{}]}"));
    assertEquals("config", field("{\"config\":[]}"));
    assertEquals("inner.text", field("{\"inner\":{\"text\":true}}"));
    assertEquals("inners[0]", field("{\"inners\":[7]}"));
  }

  @Test
  void whatIsNoJsonObjectIsMalformed() {
    for (String body :
        List.of("", "null", "5", "[]", "{", "{\"count\":}", "{} {}", "{\"a\":1,\"a\":2}", "\0")) {
      assertEquals(ProblemType.MALFORMED_BODY, refusal(body).type(), body);
    }
  }

  @Test
  void deepNestingIsRefusedAtOnceEvenInAnUnknownField() {
    String deep = "{\"later\":" + "[".repeat(500_000);
    assertEquals(ProblemType.MALFORMED_BODY, refusal(deep).type());
  }

  @Test
  void hugeNumbersAreRefusedAtOnce() {
    String huge = "{\"later\":" + "9".repeat(500_000) + "}";
    assertEquals(ProblemType.MALFORMED_BODY, refusal(huge).type());
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] body = "{\"display_name\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    body[17] = (byte) 0xC3;
    assertEquals(
        ProblemType.MALFORMED_BODY, assertThrows(ProblemException.class, () -> bind(body)).type());
  }

  @Test
  void aBodyBeyondItsLimitIsTooLarge() {
    BoundedStream body = new BoundedStream(new ByteArrayInputStream(new byte[101]), 100);
    ProblemException refusal = assertThrows(ProblemException.class, body::readAllBytes);
    assertEquals(ProblemType.BODY_TOO_LARGE, refusal.type());
    assertEquals(100, refusal.limit());
  }

  private static String field(String json) {
    ProblemException refusal = refusal(json);
    assertEquals(ProblemType.INVALID_FIELD, refusal.type(), json);
    return refusal.field();
  }

  private static ProblemException refusal(String json) {
    return assertThrows(ProblemException.class, () -> bind(json));
  }

  private static Sample bind(String json) {
    return bind(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Sample bind(byte[] json) {
    return RecordBinding.bind(Sample.class, JsonTree.read(new ByteArrayInputStream(json)));
  }
}
