package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Batches that are refused whole are counted where everybody can see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedBatchesIT {
  private static final int MAX_BYTES = 64 << 10;
  private static final int QUEUE_BYTES = 256 << 10;
  private static final Duration WRITTEN = Duration.ofSeconds(15);
  private static final Duration SHOWN = Duration.ofSeconds(30);

  private BinnacleServer server;
  private Api api;

  @BeforeAll
  void startWithSmallLimits() {
    server =
        new BinnacleServer(
            ServerOptions.named("refused-batches")
                .with("BINNACLE_LOGS_BATCH_MAX_BYTES", Integer.toString(MAX_BYTES))
                .with("BINNACLE_LOGS_BATCH_MAX_LINES", "10")
                .with("BINNACLE_INGEST_QUEUE_BYTES", Integer.toString(QUEUE_BYTES))
                .with("METRICS_AUTHENTICATION", "false"));
    api = server.api();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyWayOfRefusingABatchIsCountedAndShown() throws IOException {
    String project = "refused-" + UUID.randomUUID().toString().substring(0, 8);
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/" + project + "/runs", Map.of("run_id", runId)).expect(201);
    String batch = "/api/v1/runs/" + runId + "/logs/batch";
    for (int i = 0; i < 3; i++) {
      api.post(batch, "{\"logs\":[").expectProblem(400, "malformed_body");
    }
    api.post(batch, lines(11, 1)).expectProblem(400, "invalid_field");
    api.post(batch, "x".repeat(MAX_BYTES + 1)).expectProblem(413, "body_too_large");
    packed(batch, lines(9, MAX_BYTES / 8)).expectProblem(413, "body_too_large");
    // Within the limit, but a long text takes more memory than the queue has while it is read.
    Answer full = packed(batch, lines(1, MAX_BYTES - 100));
    full.expectProblem(429, "too_many_requests");
    assertEquals("1", full.header("Retry-After"));
    numbered(batch, "a").expect(200);
    numbered(batch, "b").expectProblem(409, "batch_conflict");
    api.post("/api/v1/runs/" + runId + "/metrics", "7").expectProblem(400, "malformed_body");
    api.delete("/api/v1/runs/" + runId).expect(204);
    api.post(batch, lines(1, 1)).expectProblem(410, "run_deleted");

    assertCountedAndShown(
        project,
        new TreeMap<>(
            Map.of(
                "logs batch_malformed_body", 3L,
                "logs batch_too_many_items", 1L,
                "logs batch_body_too_large", 2L,
                "logs batch_too_many_requests", 1L,
                "logs batch_conflict", 1L,
                "logs batch_run_deleted", 1L,
                "metrics batch_malformed_body", 1L)));
  }

  private void assertCountedAndShown(String project, Map<String, Long> expected) {
    String ofProject = "/api/v1/projects/" + project + "/refusals";
    Await.until("the ledger", WRITTEN, () -> counters(ofProject).equals(expected));
    expected.forEach(
        (counter, total) -> {
          String[] names = counter.split(" ");
          Await.until(
              counter + " in /metrics",
              SHOWN,
              () -> shown(project, names[0], names[1]).endsWith(" " + total + ".0"));
        });
  }

  @Test
  void countsThatWereNotWrittenYetAreWrittenWhenTheServerStops() {
    String project = "stopped-" + UUID.randomUUID().toString().substring(0, 8);
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/" + project + "/runs", Map.of("run_id", runId)).expect(201);
    for (int i = 0; i < 20; i++) {
      api.post("/api/v1/runs/" + runId + "/logs", "no").expectProblem(400, "malformed_body");
    }
    server.stop();
    server.restart();
    api = server.api();
    assertEquals(
        Map.of("logs batch_malformed_body", 20L),
        counters("/api/v1/projects/" + project + "/refusals"));
  }

  @Test
  void whoMayNotSendToAProjectCountsNothingThere() {
    String project = "closed-" + UUID.randomUUID().toString().substring(0, 8);
    api.post("/api/v1/projects", Map.of("slug", project)).expect(201);
    String batch = "/api/v1/projects/" + project + "/services/web/logs/batch";
    api.anonymous().post(batch, "no").expect(401);
    api.post(batch, "no").expectProblem(400, "malformed_body");
    String ofProject = "/api/v1/projects/" + project + "/refusals";
    Await.until("the ledger", WRITTEN, () -> !counters(ofProject).isEmpty());
    assertEquals(Map.of("logs batch_malformed_body", 1L), counters(ofProject));
  }

  private Answer numbered(String batch, String message) {
    return api.post(
        batch, "{\"client_id\":\"c\",\"batch_no\":1,\"logs\":[{\"message\":\"" + message + "\"}]}");
  }

  private Map<String, Long> counters(String path) {
    Map<String, Long> counters = new TreeMap<>();
    for (JsonNode counter : api.get(path).expect(200).json().path("items")) {
      counters.put(
          counter.path("kind").asText() + " " + counter.path("reason").asText(),
          counter.path("total").asLong());
    }
    return counters;
  }

  /** The line of one counter, as Prometheus reads it. */
  private String shown(String project, String kind, String reason) {
    String text = api.anonymous().get("/metrics").expect(200).text();
    return text.lines()
        .filter(line -> line.startsWith("binnacle_refusals_total{"))
        .filter(line -> line.contains("project=\"" + project + "\""))
        .filter(line -> line.contains("kind=\"" + kind + "\""))
        .filter(line -> line.contains("reason=\"" + reason + "\""))
        .findFirst()
        .orElse("");
  }

  private static String lines(int count, int size) {
    String line = "{\"message\":\"" + "x".repeat(size) + "\"}";
    return "{\"logs\":[" + (line + ",").repeat(count - 1) + line + "]}";
  }

  private Answer packed(String batch, String body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(packed.size() < 1000, "it is small before it is inflated");
    return api.withHeader("Content-Encoding", "gzip")
        .send("POST", batch, BodyPublishers.ofByteArray(packed.toByteArray()));
  }
}
