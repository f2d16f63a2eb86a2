package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import io.binnacle.it.http.DeafTail;
import io.binnacle.it.http.Tail;
import io.binnacle.it.http.TailCrowd;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.PythonSdk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many at one run at the same time: writers, readers who do not read, and somebody who deletes. */
@ExtendWith(RunningServer.class)
class CrowdedRunIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TAILS = 1_000;
  private static final int FLOOD_BATCHES = 20;
  private static final int FLOOD_LINES = 500;
  private static final String TRAINING =
      """
      import sys, binnacle
      run = binnacle.init(project="crowd", run_id=sys.argv[1], capture_logs=True)
      for i in range(200):
          print("process %s line %d" % (sys.argv[2], i))
      run.finish()
      """;

  private String runId;
  private String run;
  private String logs;

  @BeforeEach
  void makeRun(Api api) {
    runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/crowd/runs", Map.of("run_id", runId)).expect(201);
    run = "/api/v1/runs/" + runId;
    logs = run + "/logs";
  }

  @Test
  void aThousandTailsGetTheLine(Api api) {
    JsonNode key =
        api.post(
                "/api/v1/api-keys",
                Map.of("name", "crowd", "scopes", List.of("read"), "unlimited_tails", true))
            .expect(201)
            .json();
    try (TailCrowd crowd =
        TailCrowd.open(api.withKey(key.path("key").asText()), logs + "/stream", TAILS)) {
      Await.until("all histories", SOON, () -> crowd.sawText("\"history\"") == TAILS);
      api.post(logs, Map.of("message", "to everybody")).expect(201);
      Await.until("the line at all", SOON, () -> crowd.sawText("to everybody") == TAILS);
    }
  }

  @Test
  void aTailThatNeverReadsIsToldSoOrClosedAndHarmsNobody(Api api) {
    try (DeafTail deaf = DeafTail.open(api, logs + "/stream");
        Tail other = new Tail(api, logs + "/stream")) {
      other.await("history", SOON, message -> message.path("type").asText().equals("history"));
      for (int i = 0; i < FLOOD_BATCHES; i++) {
        api.post(logs + "/batch", flood(i)).expect(200);
      }
      String last = "flood " + (FLOOD_BATCHES - 1) + " " + (FLOOD_LINES - 1) + " ";
      other.await("the last line at the other", SOON, message -> endsWith(message, last));
      assertTrue(deaf.endsOrReads("\"skipped\"", SOON), "it was neither told nor closed");
    }
  }

  private static boolean endsWith(JsonNode message, String text) {
    JsonNode items = message.path("items");
    return items.path(items.size() - 1).path("message").asText().startsWith(text);
  }

  private static Map<String, Object> flood(int batch) {
    String tail = "x".repeat(1000);
    return Map.of(
        "logs",
        IntStream.range(0, FLOOD_LINES)
            .mapToObj(i -> Map.of("message", "flood " + batch + " " + i + " " + tail))
            .toList());
  }

  @Test
  void clearingWhileWritingAndTailingLeavesNoHoleBehind(Api api) throws InterruptedException {
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      List<Long> lastLines = Collections.synchronizedList(new ArrayList<>());
      Thread writer = new Thread(() -> write(api, 100, lastLines), "writer");
      writer.start();
      Await.until("some batches", SOON, () -> lastLines.size() > 20);
      api.delete(logs).expect(204);
      tail.await("deleted", SOON, message -> message.path("type").asText().equals("deleted"));
      writer.join();
      assertEquals(100, lastLines.size(), "a batch was refused");
      api.post(logs, Map.of("message", "after all")).expect(201);
      List<JsonNode> left = LogPages.of(api, runId, "main");
      long first = left.get(0).path("line_number").asLong();
      assertTrue(first > 20, "what was cleared is still there");
      for (int i = 0; i < left.size(); i++) {
        assertEquals(first + i, left.get(i).path("line_number").asLong(), "a hole");
      }
      assertEquals(lastLines.get(99) + 1, first + left.size() - 1);
      Await.until("the newest line at the tail", SOON, () -> tail.lines().contains("after all"));
    }
  }

  private void write(Api api, int batches, List<Long> lastLines) {
    for (int i = 0; i < batches; i++) {
      Answer answer =
          api.post(logs + "/batch", Map.of("logs", List.of(Map.of("message", "line " + i))));
      if (!answer.ok()) {
        return;
      }
      lastLines.add(answer.json().path("last_line").asLong());
    }
  }

  @Test
  void deletingTheRunWhileWritingAndTailingEndsBothClearly(Api api) throws InterruptedException {
    try (Tail tail = new Tail(api, logs + "/stream")) {
      tail.await("history", SOON, message -> message.path("type").asText().equals("history"));
      List<Answer> refusals = Collections.synchronizedList(new ArrayList<>());
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String stream = "rank-" + i;
        writers.add(new Thread(() -> refusals.add(writeUntilRefused(api, stream)), stream));
      }
      writers.forEach(Thread::start);
      Await.until("lines at the tail", SOON, () -> tail.lines().size() > 20);
      Answer seen = api.get(run).expect(200);
      String version = seen.header("ETag");
      Api deleting = version.isEmpty() ? api : api.withHeader("If-Match", version);
      assertTrue(deleting.delete(run).ok());
      for (Thread writer : writers) {
        writer.join();
      }
      assertEquals(4, refusals.size());
      refusals.forEach(refusal -> refusal.expectProblem(410, "run_deleted"));
      tail.await("deleted", SOON, message -> message.path("type").asText().equals("deleted"));
      assertTrue(List.of(404, 410).contains(api.get(logs).status()));
    }
  }

  private Answer writeUntilRefused(Api api, String stream) {
    Answer answer;
    do {
      answer =
          api.post(
              logs + "/batch",
              Map.of("stream", stream, "logs", List.of(Map.of("message", "line"))));
    } while (answer.ok());
    return answer;
  }

  @Test
  void twoProcessesWithOneRunLoseAndDoubleNothing(Api api, BinnacleServer server)
      throws IOException, InterruptedException {
    List<Process> processes = List.of(train(server, "a"), train(server, "b"));
    for (Process process : processes) {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the training script does not end");
      assertEquals(0, process.exitValue());
    }
    List<String> expected = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      IntStream.range(0, 200).forEach(i -> expected.add("process " + name + " line " + i));
    }
    List<String> stored = new ArrayList<>();
    api.get(logs + "?limit=5000")
        .expect(200)
        .json()
        .path("items")
        .forEach(line -> stored.add(line.path("message").asText()));
    assertEquals(new HashSet<>(expected), new HashSet<>(stored));
    assertEquals(expected.size(), stored.size(), "a line is doubled");
  }

  private Process train(BinnacleServer server, String name) throws IOException {
    return PythonSdk.script(server, TRAINING, runId, name)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
