package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.Flood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches of lines that nobody should send: each is refused in so many words, whole or line by
 * line.
 */
@ExtendWith(RunningServer.class)
@Tag("database")
class BadBatchIT {
  private static final int BODY_LIMIT = 8 << 20;
  private static final int MESSAGE_LIMIT = 64 << 10;

  private TestRun run;

  @BeforeEach
  void makeRun(Api api) {
    run = TestRun.make(api, "bad");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"logs\":[{\"message\":\"cut",
        "{\"logs\":[{\"message\":\"x\"}]} and more",
        "{'logs':[]}",
        "<logs/>"
      })
  void aBodyThatIsNoBatchIsRefusedWhole(String body, Api api) {
    api.withHeader("Content-Type", "application/json")
        .post(run.logs() + "/batch", body)
        .expectProblem(400, "malformed_body");
    assertEquals(0, run.total(api));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|logs",
        "{\"logs\":{}}|logs",
        "{\"logs\":[],\"stream\":7}|stream",
        "{\"logs\":[],\"labels\":[]}|labels",
        "{\"logs\":[],\"client_id\":7,\"batch_no\":1}|client_id",
        "{\"logs\":[],\"client_id\":\"c\"}|batch_no",
        "{\"logs\":[],\"client_id\":\"c\",\"batch_no\":0}|batch_no",
        "{\"logs\":[],\"client_id\":\"c\",\"batch_no\":-1}|batch_no",
        "{\"logs\":[],\"client_id\":\"c\",\"batch_no\":1.5}|batch_no",
        "{\"logs\":[],\"client_id\":\"c\",\"batch_no\":\"1\"}|batch_no",
        "{\"logs\":[],\"client_id\":\"c\",\"batch_no\":99999999999999999999}|batch_no",
        "{\"logs\":[],\"batch_no\":1}|client_id"
      })
  void aFieldOfTheWrongTypeIsNamed(String body, String field, Api api) {
    api.post(run.logs() + "/batch", body).expectInvalid(field);
  }

  @ParameterizedTest
  @CsvSource({"stream,100", "client_id,64", "release,200", "environment,200", "service,200"})
  void aNameThatIsTooLongIsRefusedWithItsLimit(String field, long limit, Api api) {
    Map<String, Object> batch = new LinkedHashMap<>(Map.of("logs", List.of(), "batch_no", 1));
    batch.put("client_id", "c");
    batch.put(field, "x".repeat((int) limit + 1));
    api.post(run.logs() + "/batch", batch).expectBeyond(limit, field);
  }

  @Test
  void aBadLineIsRefusedWithItsReasonAndTheGoodOnesAreStored(Api api) {
    String batch =
        """
        {"logs":[
          {"message":"good"},
          7,
          {"level":"INFO"},
          {"message":"x","timestamp":"yesterday"},
          {"message":"x","timestamp":1e400},
          {"message":"x","timestamp":-99999999999999999999},
          {"message":"x","timestamp":"9999-12-31T23:59:59Z"},
          {"message":"x","line_number":-1},
          {"message":"x","line_number":99999999999999999999},
          {"message":"x","severity":25},
          {"message":"x","level":{}},
          {"message":"x","source":[]},
          {"message":"x","level":"%s"},
          {"message":"x","fields":"none"},
          {"message":"also good"}
        ]}
        """
            .formatted("L".repeat(33));
    JsonNode answer = api.post(run.logs() + "/batch", batch).expect(200).json();
    assertEquals(2, answer.path("accepted").asInt(), answer.toString());
    assertEquals(13, answer.path("refused_count").asInt(), answer.toString());
    assertEquals(
        List.of(
            "1 not_an_object",
            "2 no_message",
            "3 invalid_timestamp",
            "4 invalid_timestamp",
            "5 invalid_timestamp",
            "6 invalid_timestamp",
            "7 invalid_line_number",
            "8 invalid_line_number",
            "9 invalid_severity",
            "10 invalid_level",
            "11 invalid_source",
            "12 invalid_level",
            "13 invalid_fields"),
        StreamSupport.stream(answer.path("refused").spliterator(), false)
            .map(line -> line.path("index").asText() + " " + line.path("code").asText())
            .toList());
    assertEquals(List.of("good", "also good"), run.messages(api));
    assertEquals(4, run.refusals(api).get("invalid_timestamp"));
    assertEquals(13, run.refusals(api).values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void aLineOfAnySizeOrDepthIsRefusedAloneOrKept(Api api) {
    String batch =
        "{\"logs\":[{\"message\":\"good\"},{\"message\":\"x\",\"fields\":{\"a\":"
            + "7".repeat(MESSAGE_LIMIT)
            + "}},{\"message\":\"x\",\"fields\":{\""
            + "n".repeat(MESSAGE_LIMIT)
            + "\":1}},{\"message\":\"x\",\"fields\":"
            + "{\"a\":".repeat(101)
            + "1"
            + "}".repeat(101)
            + "},{\"message\":\"x\",\"timestamp\":"
            + "1".repeat(1200)
            + "},{\"message\":\"half\",\"fields\":{\"\\ud800\":1}}]}";
    JsonNode answer = api.post(run.logs() + "/batch", batch).expect(200).json();
    assertEquals(
        List.of(
            "1 fields_too_large", "2 fields_too_large", "3 fields_too_deep", "4 invalid_timestamp"),
        StreamSupport.stream(answer.path("refused").spliterator(), false)
            .map(line -> line.path("index").asText() + " " + line.path("code").asText())
            .toList());
    assertEquals(List.of("good", "half"), run.messages(api));
  }

  @Test
  void fieldsAreAnsweredAndFoundAsTheyWereSent(Api api) {
    String fields =
        "{\"a\":1e400,\"b\":[0.1234567890123456789,1.50],\"c\":{\"d\":[{\"e\":1e3}]},\"f\":\""
            + "\\u00e9\"}";
    api.post(run.logs(), "{\"message\":\"x\",\"level\":\"a,b\",\"fields\":" + fields + "}")
        .expect(201);
    String stored = fields.replace("\\u00e9", "é");
    for (String query :
        List.of("", "?field.a=1e400", "?field.c.d.e=1000", "?field.b=1.5", "?level=a%5C,b")) {
      Answer found = api.get(run.logs() + query).expect(200);
      assertTrue(found.text().contains(stored), query + " " + found);
    }
    assertEquals(0, api.get(run.logs() + "?field.d=1000").expect(200).json().path("total").asInt());
  }

  @Test
  void everyRefusedLineIsCountedAlsoWhereTheAnswerNoLongerListsIt(Api api) {
    String line = "{\"level\":\"INFO\"},";
    String batch = "{\"logs\":[" + line.repeat(250) + "{\"message\":\"good\"}]}";
    JsonNode answer = api.post(run.logs() + "/batch", batch).expect(200).json();
    assertEquals(100, answer.path("refused").size());
    assertEquals(250, answer.path("refused_count").asInt());
    assertEquals(250, run.refusals(api).values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void moreLinesThanABatchMayHaveAreRefusedWithTheLimit(Api api) {
    String batch = "{\"logs\":[" + "{\"message\":\"x\"},".repeat(5000) + "{\"message\":\"x\"}]}";
    api.post(run.logs() + "/batch", batch).expectBeyond(5000, "logs");
    assertEquals(0, run.total(api));
  }

  @ParameterizedTest
  @CsvSource({
    "1900-01-01T00:00:00Z,1900-01-01T00:00:00Z",
    "2100-12-31T23:59:59.123456789Z,2100-12-31T23:59:59.123456789Z",
    "1677-12-31T00:00:00+14:00,1677-12-30T10:00:00Z"
  })
  void timesFarAwayAreKeptAndFound(String time, String stored, Api api) {
    api.post(run.logs(), Map.of("message", "now")).expect(201);
    api.post(run.logs(), Map.of("message", "far", "timestamp", time)).expect(201);
    String end = Instant.parse(stored).plusNanos(1).toString();
    String range = "?start_time=" + stored + "&end_time=" + end;
    JsonNode items = api.get(run.logs() + range).expect(200).json().path("items");
    assertEquals(List.of("far"), items.findValuesAsText("message"));
    assertEquals(stored, items.get(0).path("timestamp").asText());
    assertEquals(2, api.get(run.logs() + "/latest").expect(200).json().path("items").size());
  }

  @Test
  void aLineOfAHundredMegabytesIsRefusedWithTheLimit(Api api) {
    Answer refused =
        Flood.post(api, run.logs() + "/batch", "{\"logs\":[{\"message\":\"", 100 << 20)
            .expectProblem(413, "body_too_large");
    assertEquals(BODY_LIMIT, refused.json().path("limit").asLong());
    assertEquals(0, run.total(api));
    api.post(run.logs(), Map.of("message", "still there")).expect(201);
  }

  @Test
  void aLongLineIsCutAndMarkedWithItsTrueSize(Api api) {
    JsonNode stored =
        api.post(run.logs(), Map.of("message", "ä".repeat(MESSAGE_LIMIT))).expect(201).json();
    assertTrue(stored.path("truncated").asBoolean());
    assertEquals(2 * MESSAGE_LIMIT, stored.path("original_bytes").asInt());
    assertEquals("ä".repeat(MESSAGE_LIMIT / 2), stored.path("message").asText());
    assertEquals(1, run.refusals(api).get("truncated"));
  }

  @Test
  void aGzipBombIsRefusedWithTheLimit(Api api) throws IOException {
    Answer refused =
        api.withHeader("Content-Encoding", "gzip")
            .send(
                "POST",
                run.logs() + "/batch",
                BodyPublishers.ofByteArray(bomb("{\"logs\":[{\"message\":\"", 256 << 20)))
            .expectProblem(413, "body_too_large");
    assertEquals(BODY_LIMIT, refused.json().path("limit").asLong());
    assertEquals(0, run.total(api));
  }

  @Test
  void gzipBombsWithinTheLimitThatComeAtOnceAreStoredOrToldToComeBack(Api api) throws Exception {
    String line = "{\"message\":\"" + "x".repeat(1_600) + "\"}";
    byte[] bomb = packed("{\"logs\":[" + (line + ",").repeat(4_999) + line + "]}");
    Api packing = api.withHeader("Content-Encoding", "gzip");
    ExecutorService senders = Executors.newFixedThreadPool(60);
    int stored = 0;
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        answers.add(
            senders.submit(
                () ->
                    packing.send("POST", run.logs() + "/batch", BodyPublishers.ofByteArray(bomb))));
      }
      for (Future<Answer> answer : answers) {
        if (answer.get().ok()) {
          stored++;
        } else {
          answer.get().expectProblem(429, "too_many_requests");
          assertEquals("1", answer.get().header("Retry-After"));
        }
      }
    } finally {
      senders.shutdownNow();
    }
    assertTrue(stored > 0, "some find room");
    assertEquals(5_000L * stored, run.total(api));
    packing.send("POST", run.logs() + "/batch", BodyPublishers.ofByteArray(bomb)).expect(200);
  }

  @Test
  void aBodyThatOnlySaysItIsGzipIsRefused(Api api) {
    api.withHeader("Content-Encoding", "gzip")
        .post(run.logs() + "/batch", "{\"logs\":[{\"message\":\"x\"}]}")
        .expectProblem(400, "malformed_body");
    api.withHeader("Content-Encoding", "br")
        .post(run.logs() + "/batch", "{\"logs\":[{\"message\":\"x\"}]}")
        .expectProblem(415, "unsupported_media_type");
  }

  @Test
  void tenThousandFieldsAreKeptOrRefusedByTheirSize(Api api) {
    Map<String, Object> some = new LinkedHashMap<>();
    Map<String, Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      many.put("field_" + i, i);
      if (i < 3_000) {
        some.put("f" + i, i);
      }
    }
    JsonNode answer =
        api.post(
                run.logs() + "/batch",
                Map.of(
                    "logs",
                    List.of(
                        Map.of("message", "many", "fields", many),
                        Map.of("message", "some", "fields", some))))
            .expect(200)
            .json();
    assertEquals("fields_too_large", answer.path("refused").get(0).path("code").asText());
    assertEquals(List.of("some"), run.messages(api));
    JsonNode found = api.get(run.logs() + "?field.f2999=2999").expect(200).json().path("items");
    assertEquals(3_000, found.get(0).path("fields").size());
  }

  private static byte[] bomb(String begin, long bytes) throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = new GZIPOutputStream(small, 1 << 16)) {
      out.write(begin.getBytes(StandardCharsets.US_ASCII));
      for (long written = 0; written < bytes; written += block.length) {
        out.write(block);
      }
    }
    return small.toByteArray();
  }

  private static byte[] packed(String body) throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(small)) {
      out.write(body.getBytes(StandardCharsets.US_ASCII));
    }
    return small.toByteArray();
  }
}
