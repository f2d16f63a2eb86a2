package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.Flood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send: each is refused in so many words, or kept as the text that it is. */
@ExtendWith(RunningServer.class)
@Tag("database")
class BadInputIT {
  private static final int BODY_LIMIT = 8 << 20;
  private static final int MESSAGE_LIMIT = 64 << 10;

  /** The server answers a search within 2 s; the rest is for a machine with other things to do. */
  private static final Duration SEARCH_LIMIT = Duration.ofSeconds(10);

  private String project;
  private String logs;

  @BeforeEach
  void makeRun(Api api) {
    project = "bad-" + UUID.randomUUID().toString().substring(0, 8);
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/" + project + "/runs", Map.of("run_id", runId)).expect(201);
    logs = "/api/v1/runs/" + runId + "/logs";
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
        .post(logs + "/batch", body)
        .expectProblem(400, "malformed_body");
    assertEquals(0, total(api));
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
    Answer answer = api.post(logs + "/batch", body).expectProblem(400, "invalid_field");
    assertEquals(field, answer.json().path("field").asText(), answer.toString());
  }

  @ParameterizedTest
  @CsvSource({"stream,100", "client_id,64", "release,200", "environment,200", "service,200"})
  void aNameThatIsTooLongIsRefusedWithItsLimit(String field, long limit, Api api) {
    Map<String, Object> batch = new LinkedHashMap<>(Map.of("logs", List.of(), "batch_no", 1));
    batch.put("client_id", "c");
    batch.put(field, "x".repeat((int) limit + 1));
    assertLimit(field, limit, api.post(logs + "/batch", batch));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":7}|name",
        "{\"run_id\":\"x\"}|run_id",
        "{\"run_id\":7}|run_id",
        "{\"config\":[]}|config",
        "{\"tags\":\"x\"}|tags",
        "{\"tags\":[1]}|tags",
        "{\"host\":{}}|host",
        "{\"started_at\":0}|started_at",
        "{\"started_at\":\"yesterday\"}|started_at",
        "{\"started_at\":\"9999-12-31T23:59:59Z\"}|started_at"
      })
  void aFieldOfARunOfTheWrongTypeIsNamed(String body, String field, Api api) {
    Answer answer =
        api.post("/api/v1/projects/" + project + "/runs", body).expectProblem(400, "invalid_field");
    assertEquals(field, answer.json().path("field").asText(), answer.toString());
  }

  @ParameterizedTest
  @CsvSource({"name,200", "host,255", "git_commit,64", "command,4000", "release,200"})
  void aFieldOfARunThatIsTooLongIsRefusedWithItsLimit(String field, int limit, Api api) {
    assertLimit(
        field,
        limit,
        api.post(
            "/api/v1/projects/" + project + "/runs", Map.of(field, "\ud83d\ude80".repeat(limit))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "1e400", "99999999999999999999", "2147483648", "1.5"})
  void aNumberOutOfItsRangeIsRefused(String number, Api api) {
    String address = "/api/v1/projects/" + project;
    Api change = api.withHeader("If-Match", api.get(address).expect(200).header("ETag"));
    Answer answer =
        change
            .patch(address, "{\"retention_days\":" + number + "}")
            .expectProblem(400, "invalid_field");
    assertEquals("retention_days", answer.json().path("field").asText(), answer.toString());
  }

  @Test
  void aKeyThatEndsBeyondTheCalendarIsRefused(Api api) {
    Answer answer =
        api.post(
                "/api/v1/api-keys",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"expires_at\":\"9999-12-31T23:59:59Z\"}")
            .expectProblem(400, "invalid_field");
    assertEquals("expires_at", answer.json().path("field").asText(), answer.toString());
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
    JsonNode answer = api.post(logs + "/batch", batch).expect(200).json();
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
    assertEquals(List.of("good", "also good"), messages(api));
    assertEquals(4, refusals(api).get("invalid_timestamp"));
    assertEquals(13, refusals(api).values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void everyRefusedLineIsCountedAlsoWhereTheAnswerNoLongerListsIt(Api api) {
    String line = "{\"level\":\"INFO\"},";
    String batch = "{\"logs\":[" + line.repeat(250) + "{\"message\":\"good\"}]}";
    JsonNode answer = api.post(logs + "/batch", batch).expect(200).json();
    assertEquals(100, answer.path("refused").size());
    assertEquals(250, answer.path("refused_count").asInt());
    assertEquals(250, refusals(api).values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void moreLinesThanABatchMayHaveAreRefusedWithTheLimit(Api api) {
    String batch = "{\"logs\":[" + "{\"message\":\"x\"},".repeat(5000) + "{\"message\":\"x\"}]}";
    assertLimit("logs", 5000, api.post(logs + "/batch", batch));
    assertEquals(0, total(api));
  }

  @ParameterizedTest
  @CsvSource({
    "1900-01-01T00:00:00Z,1900-01-01T00:00:00Z",
    "2100-12-31T23:59:59.123456789Z,2100-12-31T23:59:59.123456789Z",
    "1677-12-31T00:00:00+14:00,1677-12-30T10:00:00Z"
  })
  void timesFarAwayAreKeptAndFound(String time, String stored, Api api) {
    api.post(logs, Map.of("message", "now")).expect(201);
    api.post(logs, Map.of("message", "far", "timestamp", time)).expect(201);
    String end = Instant.parse(stored).plusNanos(1).toString();
    String range = "?start_time=" + stored + "&end_time=" + end;
    JsonNode items = api.get(logs + range).expect(200).json().path("items");
    assertEquals(List.of("far"), items.findValuesAsText("message"));
    assertEquals(stored, items.get(0).path("timestamp").asText());
    assertEquals(2, api.get(logs + "/latest").expect(200).json().path("items").size());
  }

  @Test
  void aRunThatNobodyKnowsIsNotFoundForAnything(Api api) {
    for (String id : List.of(UUID.randomUUID().toString(), "not-a-uuid", "-1", "1e9")) {
      String unknown = "/api/v1/runs/" + id;
      for (Answer answer :
          List.of(
              api.get(unknown),
              api.get(unknown + "/logs"),
              api.post(unknown + "/logs", Map.of("message", "x")),
              api.post(unknown + "/logs/batch", "{\"logs\":[{\"message\":\"x\"}]}"),
              api.post(unknown + "/metrics", "{\"metrics\":[]}"),
              api.delete(unknown + "/logs"))) {
        assertTrue(answer.status() == 404 || answer.status() == 400, answer.toString());
        assertFalse(answer.json().path("code").asText().isEmpty(), answer.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1",
        "limit=5001",
        "limit=ten",
        "limit=99999999999999999999",
        "from_line=-1",
        "to_line=1.5",
        "order=sideways",
        "ignore_case=perhaps",
        "start_time=yesterday",
        "end_time=9999-12-31T23:59:59Z"
      })
  void aParameterThatIsNotUnderstoodIsNamed(String parameter, Api api) {
    Answer answer = api.get(logs + "?" + parameter).expectProblem(400, "invalid_field");
    assertEquals(parameter.replaceAll("=.*", ""), answer.json().path("field").asText());
  }

  @Test
  void theRunsOfAProjectAreNotFilteredByAnother(Api api) {
    String runs = "/api/v1/projects/" + project + "/runs";
    assertEquals(1, api.get(runs).expect(200).json().path("items").size());
    Answer answer = api.get(runs + "?project=other").expectProblem(400, "invalid_field");
    assertEquals("project", answer.json().path("field").asText());
    assertEquals(
        1, api.get("/api/v1/runs?project=" + project).expect(200).json().path("items").size());
  }

  @Test
  void aParameterThatNoAddressKnowsIsIgnoredEverywhere(Api api) {
    for (String address :
        List.of(
            "/api/v1/projects",
            "/api/v1/projects/" + project,
            "/api/v1/projects/" + project + "/runs",
            "/api/v1/runs",
            "/api/v1/users",
            "/api/v1/refusals",
            "/api/v1/audit",
            logs,
            logs + "/latest",
            logs + "/summary",
            logs + "/streams",
            logs + "/download")) {
      api.sendingAnything().get(address + "?no_such_parameter=1").expect(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "%00", "'%20or%201=1", "../../etc/passwd"})
  void aCursorThatNobodyGaveIsRefused(String cursor, Api api) {
    api.get(logs + "?cursor=" + cursor).expectProblem(400, "invalid_cursor");
    api.get("/api/v1/runs?cursor=" + cursor).expectProblem(400, "invalid_cursor");
    api.get("/api/v1/projects?cursor=" + cursor).expectProblem(400, "invalid_cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a{99999999999}", "[z-a]", "*", "\\"})
  void aRegexThatIsNoneIsRefused(String regex, Api api) {
    api.post(logs, Map.of("message", "x")).expect(201);
    api.get(logs + "?regex=" + encoded(regex)).expectProblem(400, "invalid_regex");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)*b", "(.*)*x(.*)*y", "^(([a-z])+.)+[A-Z]([a-z])+$"})
  void aCatastrophicRegexIsAnsweredWithinTheDeadline(String regex, Api api) {
    api.post(logs, Map.of("message", "a".repeat(5000) + "!")).expect(201);
    long begin = System.nanoTime();
    Answer answer = api.get(logs + "?regex=" + encoded(regex));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(took.compareTo(SEARCH_LIMIT) < 0, regex + " took " + took);
    assertTrue(answer.ok() || answer.status() == 400, answer.toString());
    api.get(logs + "/latest").expect(200);
  }

  @Test
  void aLineOfAHundredMegabytesIsRefusedWithTheLimit(Api api) {
    Answer refused =
        Flood.post(api, logs + "/batch", "{\"logs\":[{\"message\":\"", 100 << 20)
            .expectProblem(413, "body_too_large");
    assertEquals(BODY_LIMIT, refused.json().path("limit").asLong());
    assertEquals(0, total(api));
    api.post(logs, Map.of("message", "still there")).expect(201);
  }

  @Test
  void aLongLineIsCutAndMarkedWithItsTrueSize(Api api) {
    JsonNode stored =
        api.post(logs, Map.of("message", "ä".repeat(MESSAGE_LIMIT))).expect(201).json();
    assertTrue(stored.path("truncated").asBoolean());
    assertEquals(2 * MESSAGE_LIMIT, stored.path("original_bytes").asInt());
    assertEquals("ä".repeat(MESSAGE_LIMIT / 2), stored.path("message").asText());
    assertEquals(1, refusals(api).get("truncated"));
  }

  @Test
  void aGzipBombIsRefusedWithTheLimit(Api api) throws IOException {
    Answer refused =
        api.withHeader("Content-Encoding", "gzip")
            .send(
                "POST",
                logs + "/batch",
                BodyPublishers.ofByteArray(bomb("{\"logs\":[{\"message\":\"", 256 << 20)))
            .expectProblem(413, "body_too_large");
    assertEquals(BODY_LIMIT, refused.json().path("limit").asLong());
    assertEquals(0, total(api));
  }

  @Test
  void aBodyThatOnlySaysItIsGzipIsRefused(Api api) {
    api.withHeader("Content-Encoding", "gzip")
        .post(logs + "/batch", "{\"logs\":[{\"message\":\"x\"}]}")
        .expectProblem(400, "malformed_body");
    api.withHeader("Content-Encoding", "br")
        .post(logs + "/batch", "{\"logs\":[{\"message\":\"x\"}]}")
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
                logs + "/batch",
                Map.of(
                    "logs",
                    List.of(
                        Map.of("message", "many", "fields", many),
                        Map.of("message", "some", "fields", some))))
            .expect(200)
            .json();
    assertEquals("fields_too_large", answer.path("refused").get(0).path("code").asText());
    assertEquals(List.of("some"), messages(api));
    JsonNode found = api.get(logs + "?field.f2999=2999").expect(200).json().path("items");
    assertEquals(3_000, found.get(0).path("fields").size());
  }

  @Test
  void nestingWithoutEndIsRefused(Api api) {
    api.post(
            logs + "/batch",
            "{\"logs\":[{\"message\":\"x\",\"fields\":" + "{\"a\":".repeat(100_000))
        .expectProblem(400, "malformed_body");
    api.post("/api/v1/projects/" + project + "/runs", "{\"config\":" + "{\"a\":".repeat(50_000))
        .expectProblem(400, "malformed_body");
  }

  @Test
  void controlCharactersInAMessageAreKept(Api api) {
    String hostile = "a\u0000b\u001b[31mred\u001b[0m\r\n\u202etxt \ud83d\ude80";
    api.post(logs, Map.of("message", hostile)).expect(201);
    assertEquals(List.of(hostile), messages(api));
  }

  @Test
  void controlCharactersInNamesAreRefused(Api api) {
    for (String field : List.of("stream", "release", "environment", "service")) {
      Answer answer =
          api.post(logs + "/batch", Map.of(field, "a\u0000b", "logs", List.of()))
              .expectProblem(400, "invalid_field");
      assertEquals(field, answer.json().path("field").asText());
    }
  }

  @Test
  void halfACharacterDoesNotSpoilTheLine(Api api) {
    api.post(logs, "{\"message\":\"half \\ud83d of a rocket\"}").expect(201);
    String stored = messages(api).get(0);
    assertTrue(stored.startsWith("half ") && stored.endsWith(" of a rocket"), stored);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused(Api api) {
    for (byte[] bad : List.of(bytes(0xc3, 0x28), bytes(0xff), bytes(0xe2, 0x82))) {
      sendBytes(api, bad).expectProblem(400, "malformed_body");
    }
    assertEquals(0, total(api));
  }

  @Test
  void charactersInAForbiddenFormNeverComeBackInIt(Api api) throws IOException {
    for (byte[] bad : List.of(bytes(0xc0, 0x80), bytes(0xed, 0xa0, 0x80))) {
      Answer answer = sendBytes(api, bad);
      assertTrue(answer.ok() || answer.status() == 400, answer.toString());
    }
    // A strict decoder throws for what is no UTF-8.
    StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(api.get(logs + "/download?format=json").expect(200).body()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../x", "a/b", "%2e%2e", "..%2f..%2fetc%2fpasswd", "UPPER", "%ff", "models"})
  void aProjectOfAForbiddenNameIsNotMade(String name, Api api) {
    Answer answer = api.post("/api/v1/projects/" + name + "/runs", Map.of("name", "x"));
    assertTrue(answer.status() >= 400 && answer.status() < 500, answer.toString());
    assertFalse(answer.text().contains("root:"), answer.toString());
    api.post("/api/v1/projects", Map.of("slug", name)).expectProblem(400, "invalid_field");
  }

  /** Open Liberty answers these before it looks for an application: no filter sees them. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html"})
  void anAddressThatHoldsANulIsRefusedByTheServer(String accepted, Api api) {
    Answer answer =
        new Api(api.server())
            .withHeader("Accept", accepted)
            .get("/api/v1/projects/a%00b")
            .expect(400);
    assertTrue(answer.header("Content-Type").startsWith(accepted), answer.toString());
    assertTrue(answer.text().contains("CWWWC0005I"), answer.toString());
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
  }

  @Test
  void aStreamNamedLikeAPathIsOnlyAName(Api api) {
    String name = "../../../etc/passwd";
    api.post(logs + "/batch", Map.of("stream", name, "logs", List.of(Map.of("message", "x"))))
        .expect(200);
    JsonNode found = api.get(logs + "?stream=" + encoded(name)).expect(200).json();
    assertEquals(name, found.path("items").get(0).path("stream_name").asText());
    Answer file = api.get(logs + "/download?stream=" + encoded(name)).expect(200);
    assertFalse(file.header("Content-Disposition").contains(".."), file.toString());
    assertTrue(file.text().endsWith("x\n"), file.toString());
  }

  @Test
  void markupAndFormulasStayTextInEveryFormat(Api api) {
    String script = "<script>alert(1)</script>";
    String formula = "=cmd|' /C calc'!A0";
    for (String message : List.of(script, formula, "+1", "-1", "@SUM(1)", "a \"quote\"")) {
      api.post(logs, Map.of("message", message, "source", "=src")).expect(201);
    }
    assertEquals(
        List.of(script, formula, "+1", "-1", "@SUM(1)", "a \"quote\""), messages(api), "as sent");
    Answer csv = api.get(logs + "/download?format=csv").expect(200);
    assertTrue(csv.header("Content-Disposition").startsWith("attachment"));
    assertEquals("nosniff", csv.header("X-Content-Type-Options"));
    for (String cell :
        List.of("\"" + script + "\"", "\"'" + formula + "\"", "\"'+1\"", "\"'-1\"", "\"'=src\"")) {
      assertTrue(csv.text().contains("," + cell + ","), cell + " in " + csv);
    }
    assertTrue(csv.text().contains("\"a \"\"quote\"\"\""), csv.toString());
    for (String format : List.of("txt", "json", "ndjson")) {
      Answer file = api.get(logs + "/download?format=" + format).expect(200);
      assertFalse(file.header("Content-Type").contains("html"), file.toString());
      assertEquals("nosniff", file.header("X-Content-Type-Options"));
    }
  }

  @Test
  void aProblemNeverTellsOfTheInside(Api api) {
    Answer answer = api.post(logs + "/batch", "{\"logs\":[{\"message\":<script>}]}");
    assertFalse(answer.text().contains("script"), answer.toString());
    assertFalse(answer.text().contains("jackson"), answer.toString());
    assertTrue(answer.json().path("request_id").asText().length() > 8, answer.toString());
  }

  private Answer sendBytes(Api api, byte[] inMessage) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"logs\":[{\"message\":\"".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(inMessage);
    body.writeBytes("\"}]}".getBytes(StandardCharsets.US_ASCII));
    return api.send("POST", logs + "/batch", BodyPublishers.ofByteArray(body.toByteArray()));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void assertLimit(String field, long limit, Answer answer) {
    answer.expectProblem(400, "invalid_field");
    assertEquals(field, answer.json().path("field").asText(), answer.toString());
    assertEquals(limit, answer.json().path("limit").asLong(), answer.toString());
  }

  private long total(Api api) {
    return api.get(logs).expect(200).json().path("total").asLong();
  }

  private List<String> messages(Api api) {
    return api.get(logs).expect(200).json().path("items").findValuesAsText("message");
  }

  private Map<String, Long> refusals(Api api) {
    Map<String, Long> totals = new LinkedHashMap<>();
    api.get("/api/v1/projects/" + project + "/refusals")
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> totals.put(item.path("reason").asText(), item.path("total").asLong()));
    return totals;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
}
