package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stranger does first: a run, some lines, a look at them. */
@ExtendWith(RunningServer.class)
@Tag("database")
class StartStoryIT {
  @Test
  void aRunMakesItsProjectAndItsLinesCanBeReadBack(Api api) {
    String runId = UUID.randomUUID().toString();
    Answer made =
        api.post(
                "/api/v1/projects/story/runs",
                Map.of("run_id", runId, "name", "first", "config", Map.of("lr", 0.1)))
            .expect(201);
    assertEquals(runId, made.json().path("id").asText());
    assertEquals("RUNNING", made.json().path("status").asText());
    Answer again =
        api.post("/api/v1/projects/story/runs", Map.of("run_id", runId, "name", "first"));
    assertEquals(200, again.status(), "making a run twice is harmless");

    JsonNode ack =
        api.post(
                "/api/v1/runs/" + runId + "/logs/batch",
                """
                {"client_id":"story","batch_no":1,"logs":[
                  {"level":"info","message":"epoch 1","timestamp":"2026-11-21T08:15:30.123456789Z"},
                  {"level":"WARN","message":"loss is NaN","source":"stderr","line_number":7},
                  {"message":"{\\"loss\\":0.5}","fields":{"loss":0.5}}]}
                """)
            .expect(200)
            .json();
    assertEquals(3, ack.path("accepted").asInt());
    assertEquals(1, ack.path("first_line").asInt());
    assertEquals(3, ack.path("last_line").asInt());

    assertLinesAreReadBack(api, runId);

    api.patch("/api/v1/runs/" + runId, Map.of("status", "FINISHED", "exit_code", 0)).expect(200);
    JsonNode run = api.get("/api/v1/runs/" + runId).expect(200).json();
    assertEquals("FINISHED", run.path("status").asText());
    assertEquals("story", run.path("project").asText());
  }

  private static void assertLinesAreReadBack(Api api, String runId) {
    JsonNode lines = api.get("/api/v1/runs/" + runId + "/logs?order=asc").expect(200).json();
    List<String> messages = lines.path("items").findValuesAsText("message");
    assertEquals(3, messages.size());
    JsonNode warning =
        api.get("/api/v1/runs/" + runId + "/logs?min_level=WARNING").json().path("items").path(0);
    assertEquals("WARNING", warning.path("level").asText());
    assertEquals("stderr", warning.path("source").asText());
    assertEquals(7, warning.path("client_line_number").asInt());
  }

  @Test
  void aBatchThatIsSentAgainGetsTheSameAnswerAndIsStoredOnce(Api api) {
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/story/runs", Map.of("run_id", runId)).expect(201);
    String path = "/api/v1/runs/" + runId + "/logs/batch";
    String batch = "{\"client_id\":\"c\",\"batch_no\":1,\"logs\":[{\"message\":\"once\"}]}";
    JsonNode first = api.post(path, batch).expect(200).json();
    assertEquals(first, api.post(path, batch).expect(200).json());
    api.post(path, batch.replace("once", "other")).expectProblem(409, "batch_conflict");
    JsonNode summary = api.get("/api/v1/runs/" + runId + "/logs/summary").expect(200).json();
    assertEquals(1, summary.path("total").asInt());
  }

  @Test
  void aLineThatIsSentAgainIsAnsweredAsItWasStored(Api api) {
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/story/runs", Map.of("run_id", runId)).expect(201);
    String path = "/api/v1/runs/" + runId + "/logs";
    String line = "{\"client_id\":\"c\",\"batch_no\":1,\"message\":\"at the time of its receipt\"}";
    JsonNode first = api.post(path, line).expect(201).json();
    assertEquals(first, api.post(path, line).expect(201).json());
    assertEquals(first, api.get(path).expect(200).json().path("items").get(0));
  }

  @Test
  void aStreamIsOfTheReleaseThatItsNewestBatchNames(Api api) {
    String logs = "/api/v1/projects/story/services/" + UUID.randomUUID() + "/logs";
    for (String release : List.of("\"1.0\"", "\"2.0\"", "null")) {
      String batch = "{\"release\":" + release + ",\"logs\":[{\"message\":\"started\"}]}";
      api.post(logs + "/batch", batch).expect(200);
    }
    JsonNode streams = api.get(logs + "/streams").expect(200).json().path("items");
    assertEquals(List.of("2.0"), streams.findValuesAsText("release"));
    assertEquals(3, streams.path(0).path("lines").asInt());
  }

  @Test
  void aBadLineIsNamedAndTheGoodOnesAreStored(Api api) {
    String runId = UUID.randomUUID().toString();
    api.post("/api/v1/projects/story/runs", Map.of("run_id", runId)).expect(201);
    JsonNode ack =
        api.post(
                "/api/v1/runs/" + runId + "/logs/batch",
                "{\"logs\":[{\"message\":\"good\"},{\"level\":\"info\"},{\"message\":\"also good\"}]}")
            .expect(200)
            .json();
    assertEquals(2, ack.path("accepted").asInt(), ack.toString());
    assertEquals(1, ack.path("refused").path(0).path("index").asInt(-1), ack.toString());
  }

  @Test
  void whatIsNotThereIsAProblemWithACode(Api api) {
    api.get("/api/v1/runs/" + UUID.randomUUID()).expectProblem(404, "not_found");
    api.get("/api/v1/nothing").expectProblem(404, "not_found");
    api.post("/api/v1/projects/story/runs", "{").expectProblem(400, "malformed_body");
  }
}
