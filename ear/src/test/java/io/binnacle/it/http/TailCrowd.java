package io.binnacle.it.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Many live tails of one log, on one client: each costs a socket and little else. */
public final class TailCrowd implements AutoCloseable {
  private static final int AT_ONCE = 50;

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<WebSocket> sockets = new ArrayList<>();

  private TailCrowd() {}

  /** Opens so many tails. */
  public static TailCrowd open(Api caller, String path, int count) {
    TailCrowd crowd = new TailCrowd();
    HttpClient client = HttpClient.newHttpClient();
    URI uri = URI.create(caller.server().toString().replaceFirst("^http", "ws") + path);
    for (int opened = 0; opened < count; opened += AT_ONCE) {
      List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
      for (int i = opened; i < Math.min(count, opened + AT_ONCE); i++) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        caller.headers().forEach(builder::header);
        Listener listener = new Listener();
        crowd.listeners.add(listener);
        opening.add(builder.buildAsync(uri, listener));
      }
      opening.forEach(socket -> crowd.sockets.add(socket.join()));
    }
    return crowd;
  }

  /** How many tails have received a text. */
  public long sawText(String text) {
    return listeners.stream().filter(listener -> listener.saw(text)).count();
  }

  @Override
  public void close() {
    sockets.forEach(WebSocket::abort);
  }

  private static final class Listener implements WebSocket.Listener {
    private final StringBuilder received = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      synchronized (this) {
        received.append(part);
      }
      from.request(1);
      return null;
    }

    synchronized boolean saw(String text) {
      return received.indexOf(text) >= 0;
    }
  }
}
