package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.LoginForm;
import io.binnacle.it.http.Tail;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private Map<String, String> database = Map.of();
  private BinnacleServer first;
  private BinnacleServer second;

  @BeforeAll
  void startBothAtOnce() {
    database = Database.freshMySql();
    String key = BinnacleServer.newKey();
    CompletableFuture<BinnacleServer> other =
        CompletableFuture.supplyAsync(() -> server("second", key));
    first = server("first", key);
    second = other.join();
  }

  private BinnacleServer server(String name, String key) {
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
  void everyMigrationRanOnceAndSucceeded() {
    List<String> history =
        rows("select concat(version, ' ', success) from flyway_schema_history order by version");
    assertTrue(history.size() > 5, history.toString());
    assertEquals(history.size(), Set.copyOf(history).size(), history.toString());
    assertTrue(history.stream().allMatch(row -> row.endsWith(" 1")), history.toString());
  }

  @Test
  void thereIsOneAdminWithOneKey() {
    assertEquals(List.of("admin ADMIN"), rows("select concat(name, ' ', role) from user_account"));
    assertEquals(List.of("1"), rows("select count(*) from api_key where name = 'bootstrap'"));
    for (BinnacleServer server : List.of(first, second)) {
      server.api().get("/api/v1/auth/me").expect(200);
    }
  }

  private List<String> rows(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                database.get("DB_URL"), database.get("DB_USER"), database.get("DB_PASSWORD"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
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
  void aTailOnOneServerHearsThatTheLogWasClearedAndTheRunEndedOnTheOther() {
    Api one = first.api();
    String runId = UUID.randomUUID().toString();
    one.post("/api/v1/projects/two/runs", Map.of("run_id", runId)).expect(201);
    String run = "/api/v1/runs/" + runId;
    one.post(run + "/logs", Map.of("message", "before")).expect(201);
    try (Tail tail = new Tail(second.api(), run + "/logs/stream")) {
      Await.until("the history", SOON, () -> tail.lines().contains("before"));
      one.delete(run + "/logs").expect(204);
      tail.await("the news", SOON, message -> message.path("type").asText().equals("deleted"));

      one.patch(run, Map.of("status", "FINISHED")).expect(200);
      tail.await("the end", SOON, message -> message.path("status").asText().equals("FINISHED"));
    }
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

  @Test
  void aFormOfAPageOfOneIsTakenByTheOther() {
    LoginForm form = LoginForm.in(first.api().anonymous().get("/login").expect(200).text());
    Answer answer =
        second
            .api()
            .anonymous()
            .withHeader("Origin", second.uri().toString())
            .withHeader("Content-Type", LoginForm.TYPE)
            .post("/login", form.filled("admin", BinnacleServer.ADMIN_PASSWORD));
    assertEquals(second.uri() + "/", answer.expect(302).header("Location"));
  }
}
