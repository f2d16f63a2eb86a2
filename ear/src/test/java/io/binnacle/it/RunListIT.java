package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What lists of runs find, and how much they answer at once. */
@ExtendWith(RunningServer.class)
@Tag("database")
class RunListIT {
  private static final int MAX_PAGE_BYTES = 5 << 20;

  private final ExecutorService pool = Executors.newFixedThreadPool(12);
  private final String runs =
      "/api/v1/projects/list-" + UUID.randomUUID().toString().substring(0, 8) + "/runs";

  @AfterEach
  void endReaders() {
    pool.shutdownNow();
  }

  @Test
  void aPageOfLargeRunsEndsEarlyAndTheListGoesOn(Api api) {
    Map<String, Object> config = Map.of("text", "x".repeat(245_000), "deep", List.of(1, Map.of()));
    int made = 40;
    for (int i = 0; i < made; i++) {
      api.post(runs, Map.of("config", config)).expect(201);
    }
    Set<String> ids = new TreeSet<>();
    String cursor = "";
    do {
      Answer page = api.get(runs + "?limit=1000" + cursor).expect(200);
      assertTrue(page.body().length < MAX_PAGE_BYTES, page.body().length + " bytes");
      assertEquals(made, page.json().path("total").asInt());
      page.json()
          .path("items")
          .forEach(
              run -> {
                ids.add(run.path("id").asText());
                assertEquals(245_000, run.path("config").path("text").asText().length());
                assertEquals("[1,{}]", run.path("config").path("deep").toString());
              });
      String next = page.json().path("next_cursor").asText("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    assertEquals(made, ids.size());
    readAtOnce(api);
  }

  /** More than the heap of the server holds, if a page were as large as all the runs. */
  private void readAtOnce(Api api) {
    List<CompletableFuture<Answer>> pages =
        IntStream.range(0, 24)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> api.get(runs), pool))
            .toList();
    pages.forEach(page -> page.join().expect(200));
  }

  @Test
  void filtersMayRepeatOrHoldSeveralValues(Api api) {
    String red = make(api, Map.of("tags", List.of("red"), "host", "gpu-1", "release", "1"));
    String both = make(api, Map.of("tags", List.of("red", "green"), "git_commit", "cafe01"));
    api.patch("/api/v1/runs/" + red, Map.of("status", "FAILED")).expect(200);

    assertEquals(Set.of(both), found(api, "tag=red&tag=green"));
    assertEquals(Set.of(both), found(api, "tag=green,red"));
    assertEquals(Set.of(red, both), found(api, "status=RUNNING&status=failed"));
    assertEquals(Set.of(red, both), found(api, "status=RUNNING,FAILED"));
    assertEquals(Set.of(red), found(api, "status=KILLED,FAILED"));
    assertEquals(Set.of(red), found(api, "host=gpu-1&release=1"));
    assertEquals(Set.of(), found(api, "host=gpu-1&release=2"));
    assertEquals(Set.of(both), found(api, "q=" + both.substring(0, 18)));
    assertEquals(Set.of(both), found(api, "q=CAFE01"));
    assertEquals(Set.of(both), found(api, "q=gree"));
    api.get(runs + "?status=RUNNING,SLEEPING").expectInvalid("status");
  }

  @Test
  void aDeletedProjectTakesItsRunsWithItAtOnce(Api api) {
    String host = "host-" + UUID.randomUUID();
    String run = "/api/v1/runs/" + make(api, Map.of("host", host));
    Map<String, Object> lines = Map.of("logs", List.of(Map.of("message", "ahoy")));
    api.post(run + "/logs/batch", lines).expect(200);

    api.withHeader("If-Match", "*").delete(runs.replace("/runs", "")).expect(204);

    assertEquals(0, api.get("/api/v1/runs?host=" + host).expect(200).json().path("total").asInt());
    api.get(run).expectProblem(404, "not_found");
    api.post(run + "/logs/batch", lines).expectProblem(410, "run_deleted");
    api.post(run + "/heartbeat", Map.of()).expectProblem(410, "run_deleted");
  }

  private String make(Api api, Map<String, Object> run) {
    return api.post(runs, run).expect(201).json().path("id").asText();
  }

  private Set<String> found(Api api, String query) {
    Set<String> ids = new TreeSet<>();
    api.get(runs + "?" + query)
        .expect(200)
        .json()
        .path("items")
        .forEach(run -> ids.add(run.path("id").asText()));
    return ids;
  }
}
