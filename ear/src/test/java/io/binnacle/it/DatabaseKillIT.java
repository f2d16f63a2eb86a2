package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import io.binnacle.testing.LocalMySql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the database while senders send: the server says so, and recovers by itself.
 */
@Tag("mysql-only")
class DatabaseKillIT {
  private static final int SENDERS = 4;
  private static final int KILLS = Boolean.getBoolean("binnacle.heavy") ? 10 : 1;
  private static final int BATCHES_BEFORE_A_KILL = 40;
  private static final Duration BUSY_LIMIT = Duration.ofSeconds(60);

  /** Timers must not pause for minutes after a failure either. */
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);

  @Test
  void theServerSaysThatTheDatabaseIsAwayAndRecoversWithoutLossByItself() {
    try (LocalMySql database = LocalMySql.start();
        BinnacleServer server =
            new BinnacleServer(
                ServerOptions.named("database-kill").with(Database.freshMySql(database.url())))) {
      String runId = UUID.randomUUID().toString();
      Api api = server.api();
      api.post("/api/v1/projects/kill/runs", Map.of("run_id", runId)).expect(201);
      List<CrashSender> senders =
          IntStream.range(0, SENDERS).mapToObj(i -> new CrashSender(runId, "rank-" + i)).toList();
      senders.forEach(sender -> sender.start(api));
      for (int kill = 0; kill < KILLS; kill++) {
        awaitMore(senders, BUSY_LIMIT);
        killAndRestart(database, api, senders);
        awaitMore(senders, RECOVERY_LIMIT);
        awaitReady(api, 200);
      }
      senders.forEach(CrashSender::stop);
      senders.forEach(sender -> sender.assertWhole(api));
    }
  }

  private static void killAndRestart(LocalMySql database, Api api, List<CrashSender> senders) {
    database.kill();
    senders.forEach(CrashSender::forgetRefusal);
    for (CrashSender sender : senders) {
      Await.until("a refusal", RECOVERY_LIMIT, () -> sender.refused() != null);
      assertUnavailable(sender.refused());
    }
    for (String address : List.of("/api/v1/projects", "/api/v1/runs")) {
      assertUnavailable(api.get(address));
    }
    api.anonymous().get("/api/health").expect(200);
    awaitReady(api, 503);
    database.restart();
  }

  private static void assertUnavailable(Answer answer) {
    answer.expectProblem(503, "unavailable");
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0, answer.toString());
  }

  private static void awaitReady(Api api, int status) {
    Await.until(
        "readiness says " + status,
        RECOVERY_LIMIT,
        () -> api.get("/health/ready").status() == status);
  }

  private static void awaitMore(List<CrashSender> senders, Duration limit) {
    for (CrashSender sender : senders) {
      long before = sender.acknowledgedBatches();
      Await.until(
          "acknowledgements",
          limit,
          () -> sender.acknowledgedBatches() >= before + BATCHES_BEFORE_A_KILL / SENDERS);
    }
  }
}
