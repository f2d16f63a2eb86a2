package io.binnacle.it.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends requests to a server. Bodies are JSON: a text as it is, anything else as Jackson writes it.
 */
public final class Api {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI server;
  private final Map<String, String> headers;

  /** A client without credentials. */
  public Api(URI server) {
    this(server, Map.of());
  }

  private Api(URI server, Map<String, String> headers) {
    this.server = server;
    this.headers = headers;
  }

  /** Where it sends to. */
  public URI server() {
    return server;
  }

  /** The headers of every request. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The same client without credentials and other headers. */
  public Api anonymous() {
    return new Api(server);
  }

  /** The same client with an API key, and no other credentials. */
  public Api withKey(String key) {
    return anonymous().withHeader("X-API-Key", key);
  }

  /** The same client with another header. */
  public Api withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Api(server, Map.copyOf(more));
  }

  /** GET. */
  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** POST of a JSON body. */
  public Answer post(String path, Object body) {
    return send("POST", path, json(body));
  }

  /** PUT of a JSON body. */
  public Answer put(String path, Object body) {
    return send("PUT", path, json(body));
  }

  /** PATCH with a JSON body. */
  public Answer patch(String path, Object body) {
    return send("PATCH", path, json(body));
  }

  /** DELETE. */
  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /**
   * Any request.
   *
   * @param path with a leading slash and, where it has one, the query
   */
  public Answer send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(ANSWER_LIMIT)
            .method(method, body);
    if (body.contentLength() != 0 && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(
          method + " " + path, response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the server is there and says that it is well. */
  public boolean isHealthy() {
    try {
      return get("/api/health").ok();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static BodyPublisher json(Object body) {
    try {
      return BodyPublishers.ofString(
          body instanceof String text ? text : JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
