package io.binnacle.it.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binnacle.it.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A live tail; keeps every message that came. */
public final class Tail implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final WebSocket socket;

  /** Opens one; {@code path} may have a query. */
  public Tail(Api caller, String path) {
    URI uri = URI.create(caller.server().toString().replaceFirst("^http", "ws") + path);
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    caller.headers().forEach(builder::header);
    socket = builder.buildAsync(uri, new Collector()).join();
  }

  /** Collects messages; a text may come in parts. */
  private final class Collector implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(parsed(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed.complete(reason);
      return null;
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }

  /** Waits for a message. */
  public JsonNode await(String what, Duration limit, Predicate<JsonNode> wanted) {
    return Await.value(what, limit, () -> messages.stream().filter(wanted).findFirst());
  }

  /** The texts of all lines that came, in order. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    messages.forEach(
        message -> message.path("items").forEach(line -> lines.add(line.path("message").asText())));
    return lines;
  }

  /** The newest cursor that a message brought. */
  public Optional<String> cursor() {
    return messages.stream()
        .map(message -> message.path("cursor").asText(""))
        .filter(cursor -> !cursor.isEmpty())
        .reduce((older, newer) -> newer);
  }

  /** Why the server closed it; waits until it did. */
  public String awaitClose(Duration limit) {
    return Await.value("the close", limit, () -> Optional.ofNullable(closed.getNow(null)));
  }

  /** Whether the server closed it. */
  public boolean isClosed() {
    return closed.isDone();
  }

  /** The codes of all refusals that came. */
  public List<String> refusals() {
    return messages.stream()
        .filter(message -> message.path("type").asText().equals("error"))
        .map(message -> message.path("code").asText())
        .toList();
  }

  /** Sends a message of the client, such as a filter. */
  public void send(String message) {
    socket.sendText(message, true).join();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
