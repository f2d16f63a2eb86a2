package io.binnacle.it.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Contract contract;
  private final boolean anyRequest;

  /** A client without credentials. */
  public Api(URI server) {
    this(server, Map.of(), null, false);
  }

  private Api(
      URI server, Map<String, String> headers, @Nullable Contract contract, boolean anyRequest) {
    this.server = server;
    this.headers = headers;
    this.contract = contract;
    this.anyRequest = anyRequest;
  }

  /**
   * The same client, which holds every answer of the API to the contract, and every request that
   * the server took.
   */
  public Api heldTo(Contract promised) {
    return new Api(server, headers, promised, anyRequest);
  }

  /**
   * The same client for requests that the document does not allow, though the server takes them.
   */
  public Api sendingAnything() {
    return new Api(server, headers, contract, true);
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
    return new Api(server, Map.of(), contract, anyRequest);
  }

  /** The same client with an API key, and no other credentials. */
  public Api withKey(String key) {
    return anonymous().withHeader("X-API-Key", key);
  }

  /** The same client with another header. */
  public Api withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Api(server, Map.copyOf(more), contract, anyRequest);
  }

  /** GET. */
  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** POST of a JSON body. */
  public Answer post(String path, Object body) {
    return sendJson("POST", path, json(body));
  }

  /** PUT of a JSON body. */
  public Answer put(String path, Object body) {
    return sendJson("PUT", path, json(body));
  }

  /** PATCH with a JSON body. */
  public Answer patch(String path, Object body) {
    return sendJson("PATCH", path, json(body));
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
      Answer answer =
          new Answer(
              method + " " + path, response.statusCode(), response.headers(), response.body());
      if (contract != null && path.startsWith("/api/")) {
        contract.check(method, path, answer);
        if (answer.ok() && !anyRequest) {
          contract.checkQuery(method, path);
        }
      }
      return answer;
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
      // While it starts, others than the application answer.
      return new Api(server).get("/api/health").ok();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private Answer sendJson(String method, String path, String body) {
    Answer answer = send(method, path, BodyPublishers.ofString(body));
    if (contract != null && !anyRequest && path.startsWith("/api/") && tookAll(answer)) {
      try {
        contract.checkRequest(method, path, JSON.readTree(body));
      } catch (JsonProcessingException e) {
        throw new AssertionError("Taken, and not JSON: " + body, e);
      }
    }
    return answer;
  }

  /** Whether nothing of what was sent was refused, be it one bad line of a batch. */
  private static boolean tookAll(Answer answer) {
    return answer.ok()
        && (answer.body().length == 0 || answer.json().path("refused_count").asLong() == 0);
  }

  /** A text as it stands in a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String json(Object body) {
    try {
      return body instanceof String text ? text : JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
