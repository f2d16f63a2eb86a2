package io.binnacle.it;

import io.binnacle.it.http.Api;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;

/** Opens a WebSocket only to see whether that is allowed. */
final class Handshake {
  private static final int SWITCHING_PROTOCOLS = 101;

  private Handshake() {}

  /** The HTTP status of the handshake; 101 when the socket opened, which is then closed. */
  static int status(Api caller, String path) {
    URI uri = URI.create(caller.server().toString().replaceFirst("^http", "ws") + path);
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    caller.headers().forEach(builder::header);
    try {
      builder.buildAsync(uri, new WebSocket.Listener() {}).join().abort();
      return SWITCHING_PROTOCOLS;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }
}
