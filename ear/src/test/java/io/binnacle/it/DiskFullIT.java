package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The disk of the embedded database is full, and free again. */
class DiskFullIT {
  private static final long RESERVE = 32 << 20;
  private static final int SENDERS = 4;
  private static final int BATCHES = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aFullDiskIsRefusedClearlyAndNothingIsLostWhenItHasRoomAgain() {
    try (SmallDisk disk = SmallDisk.mount(128);
        BinnacleServer server =
            new BinnacleServer(
                ServerOptions.named("disk-full")
                    .with("BINNACLE_DISK_RESERVE_BYTES", Long.toString(RESERVE))
                    .with("BINNACLE_DATA_DIR", disk.directory().toString()))) {
      String runId = UUID.randomUUID().toString();
      Api api = server.api();
      api.post("/api/v1/projects/full/runs", Map.of("run_id", runId)).expect(201);
      List<CrashSender> senders =
          IntStream.range(0, SENDERS).mapToObj(i -> new CrashSender(runId, "rank-" + i)).toList();
      senders.forEach(sender -> sender.start(api));
      senders.forEach(DiskFullIT::awaitMore);

      disk.fill(RESERVE / 2);
      senders.forEach(DiskFullIT::awaitRefusal);
      Await.until("readiness tells of it", LIMIT, () -> readiness(api) == 503);
      Map<String, String> note = Map.of("notes", "the disk is nearly full");
      api.get("/api/v1/runs/" + runId + "/logs/latest").expect(200);
      disk.fill(RESERVE / 16);
      Await.until(
          "nothing is written any more",
          LIMIT,
          () -> api.patch("/api/v1/runs/" + runId, note).status() == 507);
      api.get("/api/v1/runs/" + runId + "/logs/latest").expect(200);

      disk.free();
      senders.forEach(DiskFullIT::awaitMore);
      // Without a pause they would fill this small disk by themselves before readiness is renewed.
      senders.forEach(CrashSender::stop);
      Await.until("it is ready", LIMIT, () -> readiness(api) == 200);
      senders.forEach(sender -> sender.assertWhole(api));
      server.kill();
      server.restart();
      senders.forEach(sender -> sender.assertWhole(server.api()));
    }
  }

  private static void awaitMore(CrashSender sender) {
    long before = sender.acknowledgedBatches();
    Await.until("acknowledgements", LIMIT, () -> sender.acknowledgedBatches() >= before + BATCHES);
  }

  private static void awaitRefusal(CrashSender sender) {
    Await.until("a refusal", LIMIT, () -> sender.refused() != null);
    Answer refused = sender.refused();
    assertNotNull(refused);
    refused.expectProblem(507, "storage_full");
    assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0, refused.toString());
  }

  private static int readiness(Api api) {
    return api.anonymous().get("/health/ready").status();
  }
}
