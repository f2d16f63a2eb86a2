package io.binnacle.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.Ports;
import io.binnacle.it.server.PythonSdk;
import io.binnacle.it.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Python SDK and the server it was made for. */
class SdkIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String DESCRIBED =
      """
      import sys, binnacle
      config = {"text": "x" * int(sys.argv[2]), "lr": 0.1}
      run = binnacle.init(project="sdk", name="described", id=sys.argv[1], config=config)
      print("one"); run.flush(60)
      run.config.update({"more": "y" * 4096})
      run.log({"loss": 0.5}); run.log({"loss": 0.25})
      run.finish()
      """;

  private static final String TRAINING =
      """
      import sys, threading, binnacle
      run = binnacle.init(project="sdk", run_id=sys.argv[1], finish_seconds=120)
      end = threading.Event()
      threading.Thread(target=lambda: (sys.stdin.read(), end.set()), daemon=True).start()
      step = 0
      while not end.wait(0.005):
          print("step", step, flush=True)
          run.log({"loss": 1 / (1 + step)})
          step += 1
      """;

  private static BinnacleServer server;

  @BeforeAll
  static void start() {
    String port = Integer.toString(Ports.free());
    server = new BinnacleServer(ServerOptions.named("sdk").with("HTTP_PORT", port));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRunWithALongDescriptionAndItsIdInHexArrivesWhole() throws Exception {
    String runId = UUID.randomUUID().toString();

    end(PythonSdk.script(server, DESCRIBED, runId.replace("-", ""), "4096").start());

    JsonNode run = run(runId);
    assertEquals("FINISHED", run.path("status").asText());
    assertEquals(4096, run.at("/config/text").asText().length());
    assertEquals(4096, run.at("/config/more").asText().length());
    assertEquals(List.of("one"), messages(runId));
    assertEquals(List.of(0.5, 0.25), losses(runId));
  }

  @Test
  void aConfigBeyondTheLimitCostsItselfOnly() throws Exception {
    String runId = UUID.randomUUID().toString();

    end(PythonSdk.script(server, DESCRIBED, runId, Integer.toString(2 << 20)).start());

    JsonNode run = run(runId);
    assertEquals("FINISHED", run.path("status").asText());
    assertEquals("described", run.path("name").asText());
    assertTrue(run.path("config").isEmpty());
    assertEquals(List.of("one"), messages(runId));
    assertEquals(List.of(0.5, 0.25), losses(runId));
  }

  @Test
  void aServerThatIsKilledWhileARunSendsHasEachLineOnceWhenItIsBack() throws Exception {
    String runId = UUID.randomUUID().toString();
    Path screen = Files.createTempFile(server.data(), "screen", ".txt");
    Process training =
        PythonSdk.script(server, TRAINING, runId).redirectOutput(screen.toFile()).start();
    try {
      Await.until("lines arrive", SOON, () -> stored(runId) > 200);
      server.kill();
      int before = shown(screen).size();
      Await.until("the run goes on", SOON, () -> shown(screen).size() > before + 200);
      server.restart();
    } finally {
      training.getOutputStream().close();
    }
    end(training);

    List<String> shown = shown(screen);
    assertEquals(shown, messages(runId));
    assertEquals(shown.size(), metrics(runId).path("count").asInt());
    assertEquals("FINISHED", run(runId).path("status").asText());
  }

  @Test
  void theServerThatTheTestsOfTheSdkUseAnswersAsTheTrueOne() throws Exception {
    Process comparison =
        PythonSdk.comparison(server).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    String differences = new String(comparison.getInputStream().readAllBytes(), UTF_8);
    assertEquals("", differences);
    end(comparison);
  }

  private static void end(Process python) throws InterruptedException {
    assertTrue(python.waitFor(180, TimeUnit.SECONDS), "the script does not end");
    assertEquals(0, python.exitValue());
  }

  private static JsonNode run(String runId) {
    return server.api().get("/api/v1/runs/" + runId).expect(200).json();
  }

  private static int stored(String runId) {
    JsonNode summary = server.api().get("/api/v1/runs/" + runId + "/logs/summary").json();
    return summary.path("total").asInt();
  }

  private static List<String> messages(String runId) {
    return LogPages.of(server.api(), runId, "main").stream()
        .map(line -> line.path("message").asText())
        .toList();
  }

  private static JsonNode metrics(String runId) {
    String names = "/api/v1/runs/" + runId + "/metrics/names";
    return server.api().get(names).expect(200).json().at("/items/0");
  }

  private static List<Double> losses(String runId) {
    List<Double> losses = new ArrayList<>();
    server
        .api()
        .get("/api/v1/runs/" + runId + "/metrics?name=loss")
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> losses.add(item.path("value").asDouble()));
    return losses;
  }

  private static List<String> shown(Path screen) {
    try {
      return Files.readAllLines(screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
