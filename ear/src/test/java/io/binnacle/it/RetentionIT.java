package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.Tail;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the rules of a project take away, what they leave, and how the gap is seen. */
@ExtendWith(RunningServer.class)
@Tag("database")
class RetentionIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** A batch of text that can't be compressed much: it takes about half of this on disk. */
  private static final int BATCH_BYTES = 100_000;

  private static final int LINES = 10;

  private final Random random = new Random(7);
  private String project;

  @BeforeEach
  void makeProject(Api api) {
    project = "kept-" + UUID.randomUUID().toString().substring(0, 8);
    api.post("/api/v1/projects", Map.of("slug", project)).expect(201);
  }

  @Test
  void withoutARuleNothingIsDeleted(Api api) {
    String logs = run(api);
    write(api, logs, "main", "1950-01-01T00:00:00Z", 2);
    write(api, logs, "main", "2001-01-01T00:00:00Z", 2);
    String ruled = project;
    makeProject(api);
    String other = run(api);
    write(api, other, "main", "1950-01-01T00:00:00Z", 1);
    rule(api, "retention_days", 1);
    Await.until("the rule of the other project", SOON, () -> total(api, other) == 0);

    assertEquals(4 * LINES, total(api, logs));
    assertEquals(Map.of(), refusals(api, ruled));
  }

  @Test
  void whatIsTooOldGoesAndWhatIsNotStays(Api api) {
    String logs = run(api);
    Instant now = Instant.now();
    write(api, logs, "main", now.minus(40, ChronoUnit.DAYS).toString(), 1);
    write(api, logs, "main", now.minus(20, ChronoUnit.DAYS).toString(), 1);
    write(api, logs, "main", now.toString(), 1);
    rule(api, "retention_days", 30);
    Await.until("the old lines are gone", SOON, () -> total(api, logs) == 2 * LINES);
    rule(api, "retention_days", 10);
    Await.until("the others too", SOON, () -> total(api, logs) == LINES);

    assertEquals(LINES, page(api, logs, "").size());
    assertEquals(2 * LINES + 1, page(api, logs, "").get(0).path("line_number").asInt());
    assertEquals(Map.of("expired", 2L * LINES), refusals(api, project));
  }

  @Test
  void ofAProjectThatIsTooLargeTheOldestLinesGoWhereverTheyAre(Api api) {
    String first = run(api);
    String second = run(api);
    Instant now = Instant.now();
    write(api, first, "main", now.minusSeconds(3000).toString(), 4);
    write(api, second, "main", now.minusSeconds(2000).toString(), 4);
    write(api, first, "main", now.minusSeconds(1000).toString(), 4);
    long stored = stored(api, first) + stored(api, second);
    rule(api, "retention_bytes", stored / 2);
    Await.until("the size", SOON, () -> stored(api, first) + stored(api, second) <= stored / 2);

    assertEquals(4 * LINES, total(api, first), "its older half");
    assertTrue(total(api, second) > 0 && total(api, second) < 4 * LINES, "some of the next oldest");
    long gone = 12 * LINES - total(api, first) - total(api, second);
    assertEquals(Map.of("expired", gone), refusals(api, project));
  }

  @Test
  void aStreamThatIsTooLargeIsShortenedAndTheGapIsSeen(Api api) {
    String logs = run(api);
    Instant now = Instant.now();
    write(api, logs, "big", now.toString(), 6);
    write(api, logs, "small", now.toString(), 1);
    String before;
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("items").size() > 0);
      before = tail.cursor().orElseThrow();
    }
    String big = stream(api, logs, "big").path("id").asText();
    String old = before.replaceAll(big + ":\\d+", big + ":5");
    rule(api, "stream_bytes", stored(api, logs) / 3);
    Await.until("the gap", SOON, () -> stream(api, logs, "big").path("first_line").asInt() > 1);

    JsonNode shortened = stream(api, logs, "big");
    int first = shortened.path("first_line").asInt();
    assertEquals(6 * LINES + 1, shortened.path("next_line").asInt());
    assertEquals(6 * LINES + 1 - first, shortened.path("lines").asInt());
    assertEquals(LINES, stream(api, logs, "small").path("lines").asInt(), "the other stream");
    assertGapIsPassedOver(api, logs, first);
    try (Tail tail = new Tail(api, logs + "/stream?from=" + old)) {
      JsonNode gap =
          tail.await("the gap", SOON, message -> message.path("type").asText().equals("skipped"));
      assertTrue(gap.path("gone").asBoolean(), gap.toString());
      assertEquals(6, gap.path("from_line").asInt());
      assertEquals(first - 1, gap.path("to_line").asInt());
      assertEquals(first - 6, gap.path("count").asInt());
    }
    assertEquals(Map.of("expired", first - 1L), refusals(api, project));
  }

  private static void assertGapIsPassedOver(Api api, String logs, int first) {
    for (String question : List.of("?stream=big&from_line=1", "?stream=big&from_line=3")) {
      assertEquals(first, page(api, logs, question).get(0).path("line_number").asInt(), question);
    }
    assertEquals(0, page(api, logs, "?stream=big&from_line=1&to_line=" + (first - 1)).size());
    JsonNode around = page(api, logs, "/context?stream=big&line=" + first + "&before=5&after=1");
    assertEquals(first, around.get(0).path("line_number").asInt());
    assertEquals(0, page(api, logs, "/context?stream=big&line=2&before=1&after=1").size());
    assertEquals(
        7 * LINES - (first - 1), api.get(logs + "/download?format=ndjson").text().lines().count());
  }

  private String run(Api api) {
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/" + project + "/runs", Map.of("run_id", runId)).expect(201);
    return "/api/v1/runs/" + runId + "/logs";
  }

  /** Writes batches, each of which becomes a segment of its own. */
  private void write(Api api, String logs, String stream, String time, int batches) {
    for (int i = 0; i < batches; i++) {
      List<Map<String, String>> lines =
          IntStream.range(0, LINES)
              .mapToObj(line -> Map.of("message", noise(), "timestamp", time))
              .toList();
      api.post(logs + "/batch", Map.of("stream", stream, "logs", lines)).expect(200);
    }
  }

  private String noise() {
    StringBuilder text = new StringBuilder();
    while (text.length() < BATCH_BYTES / LINES) {
      text.append(Long.toHexString(random.nextLong()));
    }
    return text.toString();
  }

  private void rule(Api api, String field, long value) {
    String address = "/api/v1/projects/" + project;
    String version = api.get(address).expect(200).header("ETag");
    api.withHeader("If-Match", version).patch(address, Map.of(field, value)).expect(200);
  }

  private static long total(Api api, String logs) {
    return api.get(logs + "/summary").expect(200).json().path("total").asLong();
  }

  private static long stored(Api api, String logs) {
    return api.get(logs + "/summary").expect(200).json().path("stored_bytes").asLong();
  }

  private static JsonNode page(Api api, String logs, String question) {
    return api.get(logs + question).expect(200).json().path("items");
  }

  private static JsonNode stream(Api api, String logs, String name) {
    for (JsonNode stream : page(api, logs, "/streams")) {
      if (stream.path("name").asText().equals(name)) {
        return stream;
      }
    }
    throw new AssertionError("No stream " + name);
  }

  private static Map<String, Long> refusals(Api api, String project) {
    Map<String, Long> totals = new TreeMap<>();
    for (JsonNode counter : page(api, "/api/v1/projects/" + project + "/refusals", "")) {
      totals.put(counter.path("reason").asText(), counter.path("total").asLong());
    }
    return totals;
  }
}
