package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.architecture.Routes;
import io.binnacle.architecture.Routes.Route;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.Contract;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class OpenApiIT {
  @Test
  void everyRouteIsDescribed(Api api) {
    JsonNode document = document(api);
    TreeSet<String> missing = new TreeSet<>();
    for (Route route : Routes.all()) {
      String method = route.method().toLowerCase(Locale.ROOT);
      if (document.path("paths").path(route.path()).path(method).isMissingNode()) {
        missing.add(route.toString());
      }
    }
    assertEquals(new TreeSet<>(), missing);
  }

  @Test
  void nothingIsDescribedThatIsNotThere(Api api) {
    TreeSet<String> unknown = new TreeSet<>();
    document(api).path("paths").fieldNames().forEachRemaining(unknown::add);
    Routes.all().forEach(route -> unknown.remove(route.path()));
    assertEquals(new TreeSet<>(), unknown);
  }

  @Test
  void everyReferenceInTheDocumentLeadsSomewhere(Api api) {
    JsonNode document = document(api);
    TreeSet<String> broken = new TreeSet<>();
    for (JsonNode reference : document.findValues("$ref")) {
      String pointer = reference.asText();
      if (!pointer.startsWith("#/") || document.at(pointer.substring(1)).isMissingNode()) {
        broken.add(pointer);
      }
    }
    assertEquals(new TreeSet<>(), broken);
  }

  @Test
  void everyOperationAnswersAsTheDocumentSays(Api api) {
    Contract contract = new Contract(document(api));
    Api held = api.heldTo(contract);
    refuseEverything(held.anonymous(), contract);
    assertEquals(contract.operations(), contract.refused());

    String unique = UUID.randomUUID().toString().substring(0, 8);
    useProjects(held, "open-api-" + unique);
    useUsers(held, "open-api-" + unique);
    useRuns(held, "open-api-" + unique);
    String services = "/api/v1/projects/open-api-" + unique + "/services";
    held.post(services, Map.of("name", "web")).expect(200);
    held.get(services + "?q=w&sort=-created_at").expect(200);
    useLogs(held, services + "/web/logs");
    held.get("/api/health").expect(200);
    held.get("/api/v1/refusals").expect(200);
    held.get("/api/v1/audit?limit=1000").expect(200);
    held.get("/api/v1/server-metrics").expect(200);
    held.delete("/api/v1/runs/" + UUID.randomUUID()).expectProblem(404, "not_found");
    assertEquals(contract.operations(), contract.answered());
  }

  private static void refuseEverything(Api anonymous, Contract contract) {
    for (String operation : contract.operations()) {
      String[] parts = operation.split(" ");
      String path = parts[1].replaceAll("\\{[a-z_]+}", "1");
      // Open to all, and yet not in every form.
      Api caller =
          path.equals("/api/health") ? anonymous.withHeader("Accept", "image/png") : anonymous;
      boolean login = path.endsWith("/login");
      Answer answer =
          login
              ? caller.post(path, Map.of("name", "nobody-" + UUID.randomUUID(), "password", "x"))
              : caller.send(parts[0], path, BodyPublishers.noBody());
      assertTrue(answer.status() >= 400, answer.toString());
    }
  }

  private static void useProjects(Api api, String project) {
    String address = "/api/v1/projects/" + project;
    api.post("/api/v1/projects", Map.of("slug", project, "name", "Open", "description", "d"))
        .expect(201);
    api.post("/api/v1/projects", Map.of("slug", project)).expectProblem(409, "conflict");
    api.get("/api/v1/projects?limit=1&q=open&sort=-name").expect(200);
    String version = api.get(address).expect(200).header("ETag");
    api.withHeader("If-Match", version)
        .patch(address, Map.of("retention_days", 30, "retention_bytes", 1L << 40))
        .expect(200);
    api.withHeader("If-Match", version).patch(address, Map.of("name", "x")).expect(412);
    api.delete(address).expectProblem(428, "precondition_required");
    api.get(address + "/refusals").expect(200);
    String shortLived = project + "-2";
    Answer made = api.post("/api/v1/projects", Map.of("slug", shortLived)).expect(201);
    api.withHeader("If-Match", made.header("ETag"))
        .delete("/api/v1/projects/" + shortLived)
        .expect(204);
  }

  private static void useUsers(Api api, String project) {
    String password = "a-guest-in-the-harbour-1";
    String name = project + "-guest";
    Answer made =
        api.post("/api/v1/users", Map.of("name", name, "password", password, "role", "MEMBER"))
            .expect(201);
    String address = "/api/v1/users/" + made.json().path("id").asText();
    api.get("/api/v1/users?q=guest&sort=-role").expect(200);
    api.get(address).expect(200);
    api.withHeader("If-Match", "*").patch(address, Map.of("display_name", "Guest")).expect(200);
    String member = "/api/v1/projects/" + project + "/members/" + name;
    api.send("PUT", member, BodyPublishers.noBody()).expect(200);
    api.get(member).expect(200);
    api.get("/api/v1/projects/" + project + "/members").expect(200);
    useSession(api, name, password);
    api.delete(member).expect(204);
    api.delete(address).expect(204);
    useKeys(api, project);
  }

  private static void useSession(Api api, String name, String password) {
    Map<String, String> passport = Map.of("name", name, "password", password);
    Api first = session(api, passport);
    Api second = session(api, passport);
    first.get("/api/v1/auth/me").expect(200);
    Answer sessions = first.get("/api/v1/auth/sessions").expect(200);
    first.post("/api/v1/auth/login", Map.of("name", name, "password", "x")).expect(401);
    second.send("POST", "/api/v1/auth/logout", BodyPublishers.noBody()).expect(204);
    first
        .put("/api/v1/auth/password", Map.of("current", password, "password", password + "-2"))
        .expect(204);
    assertEquals(2, sessions.json().path("items").size());
    Api third = session(api, Map.of("name", name, "password", password + "-2"));
    String own =
        third.get("/api/v1/auth/sessions").json().path("items").path(0).path("id").asText();
    third.delete("/api/v1/auth/sessions/" + own).expect(204);
  }

  private static Api session(Api api, Map<String, String> passport) {
    Answer answer = api.anonymous().post("/api/v1/auth/login", passport).expect(204);
    return api.anonymous()
        .withHeader("Cookie", answer.header("Set-Cookie").replaceAll(";.*", ""))
        .withHeader("Sec-Fetch-Site", "same-origin");
  }

  private static void useKeys(Api api, String project) {
    Map<String, Object> wanted =
        Map.of(
            "name",
            "open-api",
            "scopes",
            List.of("ingest", "read"),
            "project",
            project,
            "expires_at",
            Instant.now().plusSeconds(3600).toString(),
            "unlimited_tails",
            true);
    Answer made = api.post("/api/v1/api-keys", wanted).expect(201);
    api.withKey(made.json().path("key").asText()).get("/api/v1/auth/me").expect(200);
    api.get("/api/v1/api-keys?user=all&q=a&sort=name").expect(200);
    api.delete("/api/v1/api-keys/" + made.json().path("id").asText()).expect(204);
  }

  private static void useRuns(Api api, String project) {
    String runs = "/api/v1/projects/" + project + "/runs";
    String id = UUID.randomUUID().toString();
    Map<String, Object> wanted =
        Map.of("run_id", id, "name", "r", "config", Map.of("lr", 0.1), "tags", List.of("a"));
    api.post(runs, wanted).expect(201);
    api.post(runs, wanted).expect(200);
    api.get(runs + "?limit=1").expect(200);
    api.get("/api/v1/runs?project=" + project).expect(200);
    String run = "/api/v1/runs/" + id;
    api.get(run).expect(200);
    api.send("POST", run + "/heartbeat", BodyPublishers.noBody()).expect(200);
    useLogs(api, run + "/logs");
    api.post(
            run + "/metrics",
            "{\"metrics\":[{\"step\":1,\"values\":{\"loss\":0.5,\"bad\":\"NaN\"}}]}")
        .expect(200);
    api.get(run + "/metrics/names?limit=1").expect(200);
    api.get(run + "/metrics?name=loss").expect(200);
    api.get(run + "/metrics?name=bad&max_points=10").expect(200);
    api.get(run + "/metrics").expectProblem(400, "invalid_field");
    api.patch(run, Map.of("status", "FINISHED", "exit_code", 0)).expect(200);
    api.delete(run).expect(204);
    api.post(run + "/logs", Map.of("message", "late")).expectProblem(410, "run_deleted");
  }

  private static void useLogs(Api api, String logs) {
    api.post(logs, Map.of("message", "one")).expect(201);
    Map<String, Object> line =
        Map.of(
            "message",
            "x".repeat(100_000),
            "level",
            "warn",
            "timestamp",
            "2026-01-02T03:04:05.123456789Z",
            "line_number",
            7,
            "fields",
            Map.of("deep", Map.of("a", List.of(1, "b"))));
    Map<String, Object> batch =
        Map.of(
            "stream",
            "rank-0",
            "labels",
            Map.of("gpu", "0"),
            "client_id",
            "open-api",
            "batch_no",
            1,
            "logs",
            List.of(line, Map.of("message", "two")));
    Answer stored = api.post(logs + "/batch", batch).expect(200);
    assertEquals(stored.text(), api.post(logs + "/batch", batch).expect(200).text());
    api.post(logs + "/batch", Map.of("logs", 1)).expectProblem(400, "invalid_field");
    String stream = stored.json().path("stream").asText();
    api.get(logs + "?limit=1").expect(200);
    api.get(logs + "?limit=0").expectProblem(400, "invalid_field");
    api.get(logs + "/latest").expect(200);
    api.get(logs + "/summary").expect(200);
    JsonNode streams = api.get(logs + "/streams").expect(200).json().path("items");
    assertEquals(List.of("{}", "{\"gpu\":\"0\"}"), labelsByName(streams));
    api.get(logs + "/context?line=1&stream=" + stream).expect(200);
    for (String format : List.of("txt", "json", "ndjson", "csv")) {
      api.get(logs + "/download?format=" + format).expect(200);
    }
    api.delete(logs).expect(204);
  }

  /** Objects, whose JSON is no text in the answer. */
  private static List<String> labelsByName(JsonNode streams) {
    TreeMap<String, String> labels = new TreeMap<>();
    streams.forEach(s -> labels.put(s.path("name").asText(), s.path("labels").toString()));
    return List.copyOf(labels.values());
  }

  @Test
  void theUserInterfaceIsThere(Api api) {
    assertTrue(api.anonymous().get("/openapi/ui/").expect(200).text().contains("<html"));
    assertFalse(document(api).path("info").path("title").asText().isEmpty());
  }

  private static JsonNode document(Api api) {
    return api.anonymous().get("/openapi?format=JSON").expect(200).json();
  }
}
