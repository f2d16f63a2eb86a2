package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import io.binnacle.it.server.SilentProxy;
import io.binnacle.testing.MySqlServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database whose host goes silent: no connection breaks, and nobody answers. */
@Tag("mysql-only")
class SilentDatabaseIT {
  /** Shorter than what the documentation advises, or the test would wait as long. */
  private static final String TIME_LIMITS = "&connectTimeout=2000&socketTimeout=3000";

  /**
   * Connections are made one after the other, 3 s each, and a dozen timers wait in the line too.
   */
  private static final Duration GIVEN_UP = Duration.ofSeconds(90);

  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);

  @Test
  void requestsAreGivenUpAndTheServerFindsBack() {
    Map<String, String> direct = Database.freshMySql();
    try (SilentProxy proxy = new SilentProxy(portOf(MySqlServer.shared().url()));
        BinnacleServer server =
            new BinnacleServer(
                ServerOptions.named("silent-database").with(through(proxy, direct)))) {
      Api api = server.api();
      String runId = UUID.randomUUID().toString();
      api.post("/api/v1/projects/silent/runs", Map.of("run_id", runId)).expect(201);
      String logs = "/api/v1/runs/" + runId + "/logs";
      api.post(logs, Map.of("message", "before")).expect(201);

      proxy.fallSilent();
      List<CompletableFuture<Answer>> asked =
          List.of(
              CompletableFuture.supplyAsync(() -> api.get("/api/v1/projects")),
              CompletableFuture.supplyAsync(() -> api.post(logs, Map.of("message", "lost"))),
              CompletableFuture.supplyAsync(() -> api.get(logs)));
      for (CompletableFuture<Answer> answer : asked) {
        Answer refused = answer.orTimeout(GIVEN_UP.toSeconds(), TimeUnit.SECONDS).join();
        refused.expectProblem(503, "unavailable");
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0, refused.toString());
      }
      proxy.speakAgain();

      Await.until(
          "the server finds back",
          RECOVERY_LIMIT,
          () -> api.post(logs, Map.of("message", "after")).ok());
      List<String> messages = api.get(logs).json().path("items").findValuesAsText("message");
      assertEquals("before", messages.get(0));
      assertTrue(messages.contains("after"), messages.toString());
    }
  }

  private static Map<String, String> through(SilentProxy proxy, Map<String, String> direct) {
    Map<String, String> variables = new HashMap<>(direct);
    String url = direct.get("DB_URL").replaceAll("&(connect|socket)Timeout=\\d+", "");
    variables.put(
        "DB_URL", url.replace(":" + portOf(url) + "/", ":" + proxy.port() + "/") + TIME_LIMITS);
    return variables;
  }

  private static int portOf(String url) {
    return URI.create(url.substring("jdbc:".length())).getPort();
  }
}
