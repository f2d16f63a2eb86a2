package io.binnacle.bench.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Where a server listens, and the key to enter with.
 *
 * @param port the port on the loopback address
 * @param apiKey sent as {@code X-API-Key}
 */
public record Endpoint(int port, String apiKey) {
  /** The loopback address. */
  public InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  /**
   * The lines of a request up to its last header.
   *
   * @param method GET, POST, …
   * @param path path and query, already encoded
   */
  public StringBuilder head(String method, String path) {
    return new StringBuilder(256)
        .append(method)
        .append(' ')
        .append(path)
        .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
        .append(port)
        .append("\r\nX-API-Key: ")
        .append(apiKey)
        .append("\r\n");
  }

  /** A finished head as bytes. */
  public static byte[] bytes(CharSequence head) {
    return head.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
