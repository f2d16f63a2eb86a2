package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.Tail;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The live tail of a run, message by message; docs/live-tail.md describes it. */
@ExtendWith(RunningServer.class)
class TailIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private String logs;

  @BeforeEach
  void makeRun(Api api) {
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/tail/runs", Map.of("run_id", runId)).expect(201);
    logs = "/api/v1/runs/" + runId + "/logs";
  }

  private void write(Api api, String message) {
    api.post(logs, Map.of("message", message)).expect(201);
  }

  @Test
  void whatIsThereComesFirstAndThenWhatIsWritten(Api api) {
    write(api, "before");
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      write(api, "after");
      Await.until("the new line", SOON, () -> tail.lines().contains("after"));
      assertEquals(List.of("before", "after"), tail.lines());
    }
  }

  @Test
  void whoComesBackWithACursorMissesNothingAndGetsNothingTwice(Api api) {
    write(api, "first");
    String cursor;
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("items").size() == 1);
      cursor = tail.cursor().orElseThrow();
    }
    write(api, "while away");
    try (Tail tail = new Tail(api, logs + "/stream?from=" + cursor)) {
      Await.until("the missed line", SOON, () -> tail.lines().contains("while away"));
      assertEquals(List.of("while away"), tail.lines());
    }
  }

  @Test
  void aFilterIsTakenByMessage(Api api) {
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      tail.send("{\"type\":\"filter\",\"level\":[\"ERROR\"]}");
      Await.until(
          "an error line",
          SOON,
          () -> {
            api.post(logs, Map.of("message", "quiet")).expect(201);
            api.post(logs, Map.of("message", "loud", "level", "ERROR")).expect(201);
            return tail.lines().contains("loud");
          });
    }
  }

  @Test
  void aFilterThatIsNoGoodIsToldAndChangesNothing(Api api) {
    try (Tail tail = new Tail(api, logs + "/stream?level=ERROR")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      tail.send("{\"type\":\"filter\",\"regex\":\"(\"}");
      tail.await("error", SOON, message -> message.path("code").asText().equals("invalid_regex"));
      api.post(logs, Map.of("message", "quiet")).expect(201);
      api.post(logs, Map.of("message", "loud", "level", "ERROR")).expect(201);
      Await.until("the next line", SOON, () -> tail.lines().contains("loud"));
      assertEquals(List.of("loud"), tail.lines());
    }
  }

  @Test
  void aFilterThatIsNotKnownIsTold(Api api) {
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      tail.send("{\"type\":\"filter\",\"levels\":[\"ERROR\"]}");
      tail.await("error", SOON, message -> message.path("detail").asText().contains("min_level"));
    }
  }

  @Test
  void whoResumesByMessageKeepsTheFilter(Api api) {
    write(api, "first");
    String cursor;
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("items").size() == 1);
      cursor = tail.cursor().orElseThrow();
    }
    write(api, "quiet");
    api.post(logs, Map.of("message", "loud", "level", "ERROR")).expect(201);
    try (Tail tail = new Tail(api, logs + "/stream?level=ERROR&from=" + cursor)) {
      Await.until("the missed line", SOON, () -> tail.lines().equals(List.of("loud")));
      tail.send("{\"type\":\"resume\",\"from\":\"" + cursor + "\"}");
      Await.until("it again", SOON, () -> tail.lines().equals(List.of("loud", "loud")));
    }
  }

  @Test
  void aStreamThatBeginsWhileItIsWatchedHasItsName(Api api) {
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      api.post(logs, Map.of("message", "late", "stream", "rank-7")).expect(201);
      JsonNode frame =
          tail.await("the line", SOON, message -> message.path("type").asText().equals("logs"));
      assertEquals("rank-7", frame.path("items").get(0).path("stream_name").asText());
    }
  }

  @Test
  void whoWatchesOneStreamSeesNoneOfTheOthers(Api api) {
    api.post(logs, Map.of("message", "mine", "stream", "rank-0")).expect(201);
    api.post(logs, Map.of("message", "other", "stream", "rank-1")).expect(201);
    try (Tail tail = new Tail(api, logs + "/stream?stream=rank-0")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      api.post(logs, Map.of("message", "other", "stream", "rank-1")).expect(201);
      api.post(logs, Map.of("message", "mine too", "stream", "rank-0")).expect(201);
      Await.until("the new line", SOON, () -> tail.lines().contains("mine too"));
      assertEquals(List.of("mine", "mine too"), tail.lines());

      tail.send("{\"type\":\"filter\",\"stream\":\"rank-1\"}");
      Await.until("the other stream", SOON, () -> tail.lines().contains("other"));
      assertEquals(List.of("mine", "mine too", "other", "other"), tail.lines());
    }
  }

  @Test
  void aRevokedKeyLosesItsTails(Api api) {
    JsonNode made =
        api.post("/api/v1/api-keys", Map.of("name", "watcher", "scopes", List.of("read")))
            .expect(201)
            .json();
    try (Tail tail = new Tail(api.withKey(made.path("key").asText()), logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));

      api.delete("/api/v1/api-keys/" + made.path("id").asText()).expect(204);

      assertEquals("unauthenticated", tail.awaitClose(SOON));
    }
  }

  @Test
  void theTailOfADeletedRunEnds(Api api) {
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));

      api.delete(logs.replace("/logs", "")).expect(204);

      tail.await("the news", SOON, message -> message.path("type").asText().equals("deleted"));
      assertEquals("not_found", tail.awaitClose(SOON));
    }
  }

  @Test
  void anExpressionThatIsTooSlowIsToldAndTheFilterBeforeStays(Api api) {
    write(api, "a".repeat(60_000) + "!");
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      tail.send("{\"type\":\"filter\",\"regex\":\"(a+)+$\"}");
      tail.await("error", SOON, message -> message.path("code").asText().equals("invalid_regex"));
      write(api, "next");
      Await.until("the next line", SOON, () -> tail.lines().contains("next"));
    }
  }

  @Test
  void anExpressionThatIsSlowOnNewLinesKeepsNoOtherViewerWaiting(Api api) {
    String expression = URLEncoder.encode("(\\w+\\s?)+;", StandardCharsets.UTF_8);
    try (Tail slow = new Tail(api, logs + "/stream?regex=" + expression);
        Tail other = new Tail(api, logs + "/stream")) {
      slow.await("history", SOON, message -> message.path("type").asText().equals("history"));
      other.await("history", SOON, message -> message.path("type").asText().equals("history"));
      for (int rank = 0; rank < 8; rank++) {
        String message = "a".repeat(50_000) + "!;" + rank;
        api.post(logs, Map.of("message", message, "stream", "rank-" + rank)).expect(201);
      }
      write(api, "next");

      Await.until("all lines", Duration.ofSeconds(5), () -> other.lines().size() == 9);
      slow.await("a gap", SOON, message -> message.path("type").asText().equals("skipped"));
    }
  }

  @Test
  void aCursorOfTenThousandStreamsIsTakenByMessage(Api api) {
    write(api, "first");
    String many =
        LongStream.range(0, 10_000)
            .mapToObj(stream -> (1_000_000_000_000_000_000L + stream) + ":123456789012")
            .collect(Collectors.joining(","));
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("items").size() == 1);
      tail.send("{\"type\":\"resume\",\"from\":\"" + many + "\"}");
      Await.until("it again", SOON, () -> tail.lines().equals(List.of("first", "first")));
    }
  }

  @Test
  void linesAfterAClearedLogStay(Api api) {
    write(api, "old");
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("items").size() == 1);
      String cursor = tail.cursor().orElseThrow();
      api.delete(logs).expect(204);
      write(api, "new");
      JsonNode deleted =
          tail.await("the news", SOON, message -> message.path("type").asText().equals("deleted"));
      assertEquals(cursor, deleted.path("through").asText());
      Await.until("what came after", SOON, () -> tail.lines().contains("new"));
    }
  }

  @Test
  void aMessageThatCanNotBeReadEndsTheTail(Api api) {
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      tail.send("{\"type\":" + "[".repeat(20_000));
      Await.until(
          "an end or a refusal",
          SOON,
          () -> tail.isClosed() || tail.refusals().contains("malformed_body"));
    }
  }
}
