package io.binnacle.it;

import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the server while senders send: what was acknowledged is there, once. */
@Tag("database")
class CrashIT {
  private static final int SENDERS = 6;
  private static final int KILLS = Boolean.getBoolean("binnacle.heavy") ? 20 : 3;
  private static final int BATCHES_BEFORE_A_KILL = 60;

  @Test
  void everyAcknowledgedLineSurvivesOnceAndNumbersHaveNoGaps() {
    ServerOptions options = ServerOptions.named("crash").with(Database.fresh());
    try (BinnacleServer server = new BinnacleServer(options)) {
      String runId = UUID.randomUUID().toString();
      server.api().post("/api/v1/projects/crash/runs", Map.of("run_id", runId)).expect(201);
      List<CrashSender> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(new CrashSender(runId, "rank-" + i));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        killUnderLoad(server, senders);
        server.restart();
      }
      senders.forEach(sender -> sender.sendPending(server.api()));
      senders.forEach(sender -> sender.assertWhole(server.api()));
    }
  }

  private static void killUnderLoad(BinnacleServer server, List<CrashSender> senders) {
    long before = acknowledged(senders);
    senders.forEach(sender -> sender.start(server.api()));
    Await.until(
        "the senders are busy",
        Duration.ofSeconds(60),
        () -> acknowledged(senders) >= before + BATCHES_BEFORE_A_KILL);
    server.kill();
    senders.forEach(CrashSender::join);
  }

  private static long acknowledged(List<CrashSender> senders) {
    return senders.stream().mapToLong(CrashSender::acknowledgedBatches).sum();
  }
}
