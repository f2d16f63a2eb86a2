package io.binnacle.it.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A live tail that reads nothing until it is asked to, with a receive buffer as small as can be.
 */
public final class DeafTail implements AutoCloseable {
  private static final int BUFFER_BYTES = 4096;
  private static final List<String> CONNECTIONS = List.of("/proc/net/tcp6", "/proc/net/tcp");
  private static final String ESTABLISHED = "01";

  private final Socket socket;

  private DeafTail(Socket socket) {
    this.socket = socket;
  }

  /** Opens the WebSocket by hand, because Java's client always reads. */
  public static DeafTail open(Api caller, String path) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(BUFFER_BYTES);
      socket.connect(new InetSocketAddress(caller.server().getHost(), caller.server().getPort()));
      StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
      head.append("Host: ").append(caller.server().getAuthority()).append("\r\n");
      caller.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
      head.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
      String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      if (!status.endsWith(" 101")) {
        throw new AssertionError("No WebSocket: " + status);
      }
      return new DeafTail(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads at last: true when the text comes or the server hangs up; false when the time is up. */
  public boolean endsOrReads(String text, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    StringBuilder window = new StringBuilder();
    byte[] buffer = new byte[64 << 10];
    try {
      // With the small buffer every few kilobytes would wait for an acknowledgement.
      socket.setReceiveBufferSize(buffer.length);
      socket.setSoTimeout((int) limit.toMillis());
      InputStream in = socket.getInputStream();
      while (System.nanoTime() < end) {
        int count = in.read(buffer);
        if (count < 0) {
          return true;
        }
        window.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        if (window.indexOf(text) >= 0) {
          return true;
        }
        window.delete(0, Math.max(0, window.length() - text.length()));
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server still holds the connection: as the system has it, without reading. */
  public boolean isHeldByServer() {
    String own = ":%04X".formatted(socket.getLocalPort());
    String server = ":%04X".formatted(socket.getPort());
    try {
      for (String table : CONNECTIONS) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] words = line.trim().split("\\s+");
          if (words[1].endsWith(server) && words[2].endsWith(own)) {
            return words[3].equals(ESTABLISHED);
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
