package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.Tail;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two servers that start together on one empty MySQL. */
@Tag("mysql-only")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoServersIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private BinnacleServer first;
  private BinnacleServer second;

  @BeforeAll
  void startBothAtOnce() {
    Map<String, String> database = Database.freshMySql();
    String key = BinnacleServer.newKey();
    CompletableFuture<BinnacleServer> other =
        CompletableFuture.supplyAsync(() -> server("second", database, key));
    first = server("first", database, key);
    second = other.join();
  }

  private static BinnacleServer server(String name, Map<String, String> database, String key) {
    return new BinnacleServer(
        ServerOptions.named("two-" + name).with(database).with("BINNACLE_ADMIN_API_KEY", key));
  }

  @AfterAll
  void stopBoth() {
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
  }

  @Test
  void whatOneStoresTheOtherReads() {
    Api one = first.api();
    Api two = second.api();
    String runId = UUID.randomUUID().toString();
    one.post("/api/v1/projects/two/runs", Map.of("run_id", runId)).expect(201);
    String path = "/api/v1/runs/" + runId + "/logs/batch";
    String batch = "{\"client_id\":\"c\",\"batch_no\":1,\"logs\":[{\"message\":\"from one\"}]}";
    JsonNode answer = one.post(path, batch).expect(200).json();
    assertEquals(answer, two.post(path, batch).expect(200).json(), "a retry at the other server");
    two.post(path, batch.replace("\"batch_no\":1", "\"batch_no\":2").replace("one", "two"))
        .expect(200);
    List<String> messages =
        LogPages.of(one, runId, "main").stream().map(l -> l.path("message").asText()).toList();
    assertEquals(List.of("from one", "from two"), messages);
  }

  @Test
  void aRevokedKeyIsRevokedEverywhereWithinSeconds() {
    JsonNode made =
        first
            .api()
            .post("/api/v1/api-keys", Map.of("name", "short", "scopes", List.of("read")))
            .expect(201)
            .json();
    Api caller = second.api().withKey(made.path("key").asText());
    caller.get("/api/v1/auth/me").expect(200);
    first.api().delete("/api/v1/api-keys/" + made.path("id").asText()).expect(204);
    Await.until(
        "the other server refuses the key",
        Duration.ofSeconds(6),
        () -> caller.get("/api/v1/auth/me").status() == 401);
  }

  @Test
  void whatOneStoresIsFollowedOnTheOther() {
    String runId = UUID.randomUUID().toString();
    first.api().post("/api/v1/projects/two/runs", Map.of("run_id", runId)).expect(201);
    String logs = "/api/v1/runs/" + runId + "/logs";
    try (Tail tail = new Tail(second.api(), logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      for (String message : List.of("a", "b", "c")) {
        first.api().post(logs, Map.of("message", message)).expect(201);
      }
      Await.until("the lines", SOON, () -> tail.lines().size() >= 3);
      assertEquals(List.of("a", "b", "c"), tail.lines());
    }
  }
}
