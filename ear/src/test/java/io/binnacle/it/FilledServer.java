package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binnacle.it.http.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** A server with something of all that people leave in one, and how it is looked at again. */
final class FilledServer {
  private static final String PASSWORD = "hold-fast-to-it-9";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int BATCHES = 3;
  private static final int LINES = 50;
  private static final int STEPS = 300;

  private final String running = UUID.randomUUID().toString();
  private final String ended = UUID.randomUUID().toString();
  private final String deleted = UUID.randomUUID().toString();
  private final String cleared = UUID.randomUUID().toString();
  private final List<JsonNode> answers = new ArrayList<>();
  private String cookie = "";
  private String key = "";

  /** Fills it through the API. */
  void fill(Api api) {
    api.post("/api/v1/projects", Map.of("slug", "kept", "name", "Kept")).expect(201);
    people(api);
    for (String run : List.of(running, ended, deleted, cleared)) {
      api.post("/api/v1/projects/kept/runs", Map.of("run_id", run, "tags", List.of("old", run)))
          .expect(201);
      IntStream.rangeClosed(1, BATCHES)
          .forEach(number -> answers.add(send(api, run, "main", number)));
      send(api, run, "rank-1", 1);
    }
    api.patch(run(ended), Map.of("status", "FAILED", "exit_code", 3)).expect(200);
    api.withHeader("If-Match", "*").delete(run(deleted)).expect(204);
    api.delete(run(cleared) + "/logs").expect(204);
    answers.add(send(api, cleared, "main", BATCHES + 1));
    api.post("/api/v1/projects/kept/services/web/logs", Map.of("message", "served")).expect(201);
    api.post(
            run(running) + "/logs/batch",
            Map.of("logs", List.of(Map.of("message", "fine"), Map.of("level", "INFO"))))
        .expect(200);
    api.post(run(running) + "/metrics", Map.of("metrics", samples())).expect(200);
    api.post("/api/v1/projects/gone/runs", Map.of("name", "lost")).expect(201);
    api.withHeader("If-Match", "*").delete("/api/v1/projects/gone").expect(204);
    Await.until("the refusal", SOON, () -> refusals(api) > 0);
  }

  private static int refusals(Api api) {
    return api.get("/api/v1/projects/kept/refusals").expect(200).json().path("items").size();
  }

  private void people(Api api) {
    api.post("/api/v1/users", Map.of("name", "ada", "password", PASSWORD)).expect(201);
    api.send("PUT", "/api/v1/projects/kept/members/ada", BodyPublishers.noBody()).expect(200);
    key =
        api.post("/api/v1/api-keys", Map.of("name", "old", "scopes", List.of("read")))
            .expect(201)
            .json()
            .path("key")
            .asText();
    cookie = login(api);
    api.anonymous()
        .post("/api/v1/auth/login", Map.of("name", "bob", "password", "a guess"))
        .expect(401);
  }

  private static String login(Api api) {
    return api.anonymous()
        .post("/api/v1/auth/login", Map.of("name", "ada", "password", PASSWORD))
        .expect(204)
        .header("Set-Cookie")
        .replaceAll(";.*", "");
  }

  private static JsonNode send(Api api, String run, String stream, int number) {
    List<Map<String, Object>> lines =
        IntStream.range(0, LINES)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "level",
                        i % 10 == 0 ? "ERROR" : "INFO",
                        "message",
                        stream + " " + number + " " + i,
                        "timestamp",
                        "2026-01-01T00:00:%02d.%09dZ".formatted(i, number),
                        "fields",
                        Map.of("i", i)))
            .toList();
    Map<String, Object> batch =
        Map.of("stream", stream, "client_id", "old", "batch_no", number, "logs", lines);
    return api.post(run(run) + "/logs/batch", batch).expect(200).json();
  }

  private static List<Map<String, Object>> samples() {
    return IntStream.rangeClosed(1, STEPS)
        .mapToObj(
            step ->
                Map.<String, Object>of(
                    "step", step, "values", Map.of("loss", 1.0 / step, "lr", 0.1)))
        .toList();
  }

  private static String run(String id) {
    return "/api/v1/runs/" + id;
  }

  /** What the API answers to whoever looks at all of it. */
  Map<String, String> look(Api api) {
    Map<String, String> seen = new LinkedHashMap<>();
    List<String> paths = new ArrayList<>();
    for (String list :
        List.of("", "/kept", "/kept/runs", "/kept/members", "/kept/services", "/kept/refusals")) {
      paths.add("/api/v1/projects" + list);
    }
    paths.addAll(List.of("/api/v1/users", "/api/v1/api-keys", "/api/v1/audit?limit=1000"));
    paths.addAll(List.of("/api/v1/projects/gone", run(deleted), run(deleted) + "/logs"));
    paths.add("/api/v1/projects/kept/services/web/logs");
    for (String id : List.of(running, ended, cleared)) {
      paths.add(run(id));
      for (String part :
          List.of("?limit=5000", "/summary", "/streams", "?search=7&level=INFO", "/latest")) {
        paths.add(run(id) + "/logs" + part);
      }
    }
    paths.add(run(running) + "/metrics/names");
    paths.add(run(running) + "/metrics?name=loss&limit=1000");
    for (String path : paths) {
      var answer = api.get(path);
      seen.put(path, answer.status() + " " + lasting(answer.json()));
    }
    return seen;
  }

  /** Without what changes by looking at it or is written down later, and numbers of a request. */
  private static JsonNode lasting(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.remove(List.of("last_used_at", "heartbeat_at", "request_id", "duration_seconds"));
    }
    json.forEach(FilledServer::lasting);
    return json;
  }

  /** Whoever came in comes in, what was sent is known, and what is sent goes on behind it. */
  void goOn(Api api) {
    api.anonymous().withHeader("Cookie", cookie).get("/api/v1/auth/me").expect(200);
    api.withKey(key).get(run(running)).expect(200);
    login(api);
    List<JsonNode> again = new ArrayList<>();
    for (String run : List.of(running, ended, cleared)) {
      IntStream.rangeClosed(1, BATCHES)
          .forEach(number -> again.add(send(api, run, "main", number)));
    }
    again.add(send(api, cleared, "main", BATCHES + 1));
    List<JsonNode> first = new ArrayList<>(answers);
    first.subList(2 * BATCHES, 3 * BATCHES).clear();
    assertEquals(first, again);
    JsonNode next = send(api, running, "rank-1", 2);
    assertEquals(LINES + 1, next.path("first_line").asInt(), next.toString());
    api.post(run(deleted) + "/logs", Map.of("message", "late")).expectProblem(410, "run_deleted");
    api.post(run(running) + "/metrics", Map.of("metrics", samples())).expect(200);
    JsonNode names = api.get(run(running) + "/metrics/names").expect(200).json().path("items");
    names.forEach(name -> assertEquals(STEPS, name.path("count").asInt(), name.toString()));
  }
}
