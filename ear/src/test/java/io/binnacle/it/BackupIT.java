package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import io.binnacle.it.server.BinnacleServer;
import io.binnacle.it.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Backup and restore of the embedded database, as docs/operations.md says. */
class BackupIT {
  private final String runId = UUID.randomUUID().toString();
  private final String batches = "/api/v1/runs/" + runId + "/logs/batch";

  @Test
  void whatWasSavedComesBackAsItWas() throws IOException, InterruptedException {
    try (BinnacleServer server = new BinnacleServer(ServerOptions.named("backup"))) {
      server.api().post("/api/v1/projects/saved/runs", Map.of("run_id", runId)).expect(201);
      JsonNode first = send(server.api(), 1, "before the backup");
      Path backup = server.data().resolveSibling("saved");

      server.stop();
      run("cp", "-a", server.data().toString(), backup.toString());
      server.restart();
      send(server.api(), 2, "after the backup");
      assertEquals(List.of("before the backup", "after the backup"), messages(server.api()));

      server.stop();
      Files.move(server.data(), server.data().resolveSibling("lost"));
      run("cp", "-a", backup.toString(), server.data().toString());
      server.restart();
      assertEquals(List.of("before the backup"), messages(server.api()));
      assertEquals(first, send(server.api(), 1, "before the backup"), "batches are known still");
      JsonNode again = send(server.api(), 2, "after the restore");
      assertEquals(2, again.path("first_line").asInt(), again.toString());
      assertEquals(List.of("before the backup", "after the restore"), messages(server.api()));
    }
  }

  private JsonNode send(Api api, int number, String message) {
    Map<String, Object> batch =
        Map.of(
            "client_id", "saver", "batch_no", number, "logs", List.of(Map.of("message", message)));
    return api.post(batches, batch).expect(200).json();
  }

  private List<String> messages(Api api) {
    return api.get("/api/v1/runs/" + runId + "/logs")
        .expect(200)
        .json()
        .path("items")
        .findValuesAsText("message");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
