package io.binnacle.it;

import io.binnacle.it.http.Api;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A run in a project of its own, and its log as a reader sees it. */
record TestRun(String project, String id) {
  /** Makes the run, and with it the project. */
  static TestRun make(Api api, String prefix) {
    TestRun run =
        new TestRun(
            prefix + "-" + UUID.randomUUID().toString().substring(0, 8),
            UUID.randomUUID().toString());
    api.post(run.projectAddress() + "/runs", Map.of("run_id", run.id)).expect(201);
    return run;
  }

  String projectAddress() {
    return "/api/v1/projects/" + project;
  }

  String logs() {
    return "/api/v1/runs/" + id + "/logs";
  }

  long total(Api api) {
    return api.get(logs()).expect(200).json().path("total").asLong();
  }

  List<String> messages(Api api) {
    return api.get(logs()).expect(200).json().path("items").findValuesAsText("message");
  }

  /** What was refused in the project, by its reason. */
  Map<String, Long> refusals(Api api) {
    Map<String, Long> totals = new LinkedHashMap<>();
    api.get(projectAddress() + "/refusals")
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> totals.put(item.path("reason").asText(), item.path("total").asLong()));
    return totals;
  }
}
