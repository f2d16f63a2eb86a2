package io.binnacle.bench.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binnacle.bench.http.Endpoint;
import io.binnacle.bench.http.HttpConnection;
import io.binnacle.bench.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The log API as a client sees it: one connection, whose answers must be good. */
public final class Logs {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PROJECT = "bench";
  private final Endpoint endpoint;
  private final List<String> runs = new ArrayList<>();

  /** A client of a running server. */
  public Logs(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Makes a run and answers the path of its logs. */
  String newRun(String name) {
    try (HttpConnection connection = new HttpConnection(endpoint)) {
      Reply reply =
          connection.post("/api/v1/projects/" + PROJECT + "/runs", "{\"name\":\"" + name + "\"}");
      String path = "/api/v1/runs/" + parse(good(reply)).get("id").asText() + "/logs";
      runs.add(path);
      return path;
    }
  }

  /** The server with a key that may open any number of live tails. */
  Endpoint withoutTailLimit() {
    try (HttpConnection connection = new HttpConnection(endpoint)) {
      Reply reply =
          connection.post(
              "/api/v1/api-keys",
              "{\"name\":\"viewers\",\"scopes\":[\"read\"],\"unlimited_tails\":true}");
      return new Endpoint(endpoint.port(), parse(good(reply)).get("key").asText());
    }
  }

  /** The number of lines that a run holds. */
  long total(String logsPath) {
    return json(logsPath + "/summary").get("total").asLong();
  }

  /** The lines of all runs made here. */
  long storedLines() {
    return runs.stream().mapToLong(this::total).sum();
  }

  /** GET of JSON over a connection of its own. */
  JsonNode json(String path) {
    try (HttpConnection connection = new HttpConnection(endpoint)) {
      return parse(good(connection.get(path)));
    }
  }

  /** The body as JSON. */
  static JsonNode parse(Reply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reply itself; fails unless its status is 2xx. */
  static Reply good(Reply reply) {
    if (!reply.ok()) {
      throw new IllegalStateException(reply.status() + " " + reply.text());
    }
    return reply;
  }
}
