package io.binnacle.it;

import io.binnacle.it.http.Api;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens a WebSocket only to see whether that is allowed. */
final class Handshake {
  private static final int CLOSE_LIMIT_SECONDS = 20;
  private static final int SWITCHING_PROTOCOLS = 101;

  private Handshake() {}

  /**
   * What a socket that was opened is told instead of lines, and the code with which it is closed:
   * {@code not_found 1008}. An open socket is told more than a failed handshake could tell a
   * browser.
   */
  static String refusal(Api caller, String path) {
    Refused refused = new Refused();
    builder(caller).buildAsync(uri(caller, path), refused).join();
    int close = refused.closed.orTimeout(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    return refused.code() + " " + close;
  }

  /** Keeps all that is said until the end. */
  private static final class Refused implements WebSocket.Listener {
    private final StringBuffer text = new StringBuffer();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    /** The code of the one message; the whole text where that is something else. */
    private String code() {
      return text.toString()
          .replaceFirst("^\\{\"type\":\"error\",\"code\":\"([a-z_]+)\"[^{}]*}$", "$1");
    }
  }

  /** The HTTP status of the handshake; 101 when the socket opened, which is then closed. */
  static int status(Api caller, String path) {
    try {
      builder(caller).buildAsync(uri(caller, path), new WebSocket.Listener() {}).join().abort();
      return SWITCHING_PROTOCOLS;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  private static URI uri(Api caller, String path) {
    return URI.create(caller.server().toString().replaceFirst("^http", "ws") + path);
  }

  private static WebSocket.Builder builder(Api caller) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    caller.headers().forEach(builder::header);
    return builder;
  }
}
