package io.binnacle.it.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request that no well-behaved client would send. */
public final class RawRequest {
  private static final int LIMIT_MILLIS = 30_000;

  private RawRequest() {}

  /** The status line of the answer to a GET of a path that is sent as it is written here. */
  public static String statusLine(Api api, String path) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: ").append(api.server().getAuthority()).append("\r\n");
    api.headers().forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    request.append("Connection: close\r\n\r\n");
    try (Socket socket = new Socket(api.server().getHost(), api.server().getPort())) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
