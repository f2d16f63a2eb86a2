package io.binnacle.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import java.util.ArrayList;
import java.util.List;

/** Reads all lines of a stream, page by page. */
final class LogPages {
  private static final int PAGE = 2000;

  private LogPages() {}

  /** The lines of a stream of a run, by line. */
  static List<JsonNode> of(Api api, String runId, String stream) {
    String base = "/api/v1/runs/" + runId + "/logs?order=asc&limit=" + PAGE + "&stream=" + stream;
    List<JsonNode> lines = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get(base + cursor).expect(200).json();
      page.path("items").forEach(lines::add);
      String next = page.path("next_cursor").asText("");
      cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return lines;
  }
}
