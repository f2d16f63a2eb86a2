package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Text that means harm is refused in so many words, or kept as the text that it is. */
@ExtendWith(RunningServer.class)
@Tag("database")
class HostileTextIT {
  private TestRun run;

  @BeforeEach
  void makeRun(Api api) {
    run = TestRun.make(api, "bad");
  }

  @Test
  void controlCharactersInAMessageAreKept(Api api) {
    String hostile = "a\u0000b\u001b[31mred\u001b[0m\r\n\u202etxt \ud83d\ude80";
    api.post(run.logs(), Map.of("message", hostile)).expect(201);
    assertEquals(List.of(hostile), run.messages(api));
  }

  @Test
  void controlCharactersInNamesAreRefused(Api api) {
    for (String field : List.of("stream", "release", "environment", "service")) {
      api.post(run.logs() + "/batch", Map.of(field, "a\u0000b", "logs", List.of()))
          .expectInvalid(field);
    }
  }

  @Test
  void halfACharacterDoesNotSpoilTheLine(Api api) {
    String rocket = "\ud83d\ude80";
    String half = "half \\ud83d of \\ude80\\ud83d a " + rocket;
    String whole = "half \ufffd of \ufffd\ufffd a " + rocket;
    String line = "{\"message\":\"" + half + "\",\"fields\":{\"part\":\"" + half + "\"}}";
    api.post(run.logs() + "/batch", "{\"stream\":\"" + half + "\",\"logs\":[" + line + "]}")
        .expect(200);
    assertEquals(List.of(whole), run.messages(api));
    JsonNode stored = api.get(run.logs()).expect(200).json().path("items").get(0);
    assertEquals(whole, stored.path("fields").path("part").asText());
    assertEquals(whole, stored.path("stream_name").asText());
    String found = "?field.part=" + Api.encoded(whole);
    assertEquals(1, api.get(run.logs() + found).expect(200).json().path("items").size());
  }

  @Test
  void halfACharacterDoesNotSpoilARun(Api api) {
    JsonNode made =
        api.post(
                "/api/v1/projects/hostile/runs",
                "{\"name\":\"half \\ud83d\",\"config\":{\"a\":[\"\\ude80\"]}}")
            .expect(201)
            .json();
    assertEquals("half \ufffd", made.path("name").asText());
    assertEquals("{\"a\":[\"\ufffd\"]}", made.path("config").toString());
  }

  @Test
  void bytesThatAreNoUtf8AreRefused(Api api) {
    for (byte[] bad :
        List.of(
            bytes(0xc3, 0x28),
            bytes(0xff),
            bytes(0xe2, 0x82),
            // Longer than they need to be.
            bytes(0xc0, 0x80),
            bytes(0xc1, 0xbf),
            bytes(0xe0, 0x80, 0x80),
            bytes(0xf0, 0x80, 0x80, 0x80),
            // Halves of a pair, and what is beyond Unicode.
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes(0xf5, 0x80, 0x80, 0x80))) {
      sendBytes(api, bad).expectProblem(400, "malformed_body");
    }
    assertEquals(0, run.total(api));
  }

  @Test
  void aStreamNamedLikeAPathIsOnlyAName(Api api) {
    String name = "../../../etc/passwd";
    api.post(run.logs() + "/batch", Map.of("stream", name, "logs", List.of(Map.of("message", "x"))))
        .expect(200);
    JsonNode found = api.get(run.logs() + "?stream=" + Api.encoded(name)).expect(200).json();
    assertEquals(name, found.path("items").get(0).path("stream_name").asText());
    Answer file = api.get(run.logs() + "/download?stream=" + Api.encoded(name)).expect(200);
    assertFalse(file.header("Content-Disposition").contains(".."), file.toString());
    assertTrue(file.text().endsWith("x\n"), file.toString());
  }

  @Test
  void markupAndFormulasStayTextInEveryFormat(Api api) {
    String script = "<script>alert(1)</script>";
    String formula = "=cmd|' /C calc'!A0";
    for (String message : List.of(script, formula, "+1", "-1", "@SUM(1)", "a \"quote\"")) {
      api.post(run.logs(), Map.of("message", message, "source", "=src")).expect(201);
    }
    assertEquals(
        List.of(script, formula, "+1", "-1", "@SUM(1)", "a \"quote\""),
        run.messages(api),
        "as sent");
    Answer csv = api.get(run.logs() + "/download?format=csv").expect(200);
    assertTrue(csv.header("Content-Disposition").startsWith("attachment"));
    assertEquals("nosniff", csv.header("X-Content-Type-Options"));
    for (String cell :
        List.of("\"" + script + "\"", "\"'" + formula + "\"", "\"'+1\"", "\"'-1\"", "\"'=src\"")) {
      assertTrue(csv.text().contains("," + cell + ","), cell + " in " + csv);
    }
    assertTrue(csv.text().contains("\"a \"\"quote\"\"\""), csv.toString());
    for (String format : List.of("txt", "json", "ndjson")) {
      Answer file = api.get(run.logs() + "/download?format=" + format).expect(200);
      assertFalse(file.header("Content-Type").contains("html"), file.toString());
      assertEquals("nosniff", file.header("X-Content-Type-Options"));
    }
  }

  @Test
  void nestingWithoutEndIsRefused(Api api) {
    api.post(
            run.logs() + "/batch",
            "{\"logs\":[{\"message\":\"x\",\"fields\":" + "{\"a\":".repeat(100_000))
        .expectProblem(400, "malformed_body");
    api.post(run.projectAddress() + "/runs", "{\"config\":" + "{\"a\":".repeat(50_000))
        .expectProblem(400, "malformed_body");
  }

  @Test
  void aProblemNeverTellsOfTheInside(Api api) {
    Answer answer = api.post(run.logs() + "/batch", "{\"logs\":[{\"message\":<script>}]}");
    assertFalse(answer.text().contains("script"), answer.toString());
    assertFalse(answer.text().contains("jackson"), answer.toString());
    assertTrue(answer.json().path("request_id").asText().length() > 8, answer.toString());
  }

  private Answer sendBytes(Api api, byte[] inMessage) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"logs\":[{\"message\":\"".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(inMessage);
    body.writeBytes("\"}]}".getBytes(StandardCharsets.US_ASCII));
    return api.send("POST", run.logs() + "/batch", BodyPublishers.ofByteArray(body.toByteArray()));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
