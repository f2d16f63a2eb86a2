package io.binnacle.it.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A body of any size, made while it is sent. Unlike Java's HTTP client it listens while it sends: a
 * server that refuses the body answers long before its end.
 */
public final class Flood {
  private static final int CHUNK_BYTES = 16 << 10;
  private static final int ANSWER_LIMIT_MILLIS = 30_000;

  private Flood() {}

  /**
   * Posts a text that goes on with one letter.
   *
   * @param bytes after which it would end, if the server took so many
   */
  public static Answer post(Api api, String path, String begin, long bytes) {
    try (Socket socket = new Socket(api.server().getHost(), api.server().getPort())) {
      socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
      Thread sender = new Thread(() -> send(socket, head(api, path), begin, bytes), "flood");
      sender.setDaemon(true);
      sender.start();
      return answer("POST " + path, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(Api api, String path) {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
    head.append("Host: ").append(api.server().getAuthority()).append("\r\n");
    api.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Type: application/json\r\n");
    return head.append("Transfer-Encoding: chunked\r\n\r\n").toString();
  }

  private static void send(Socket socket, String head, String begin, long bytes) {
    byte[] letters = new byte[CHUNK_BYTES];
    Arrays.fill(letters, (byte) 'x');
    try {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      chunk(out, begin.getBytes(StandardCharsets.US_ASCII));
      for (long sent = 0; sent < bytes; sent += letters.length) {
        chunk(out, letters);
      }
      chunk(out, new byte[0]);
    } catch (IOException e) {
      // The server has answered and hung up, which is what it shall do.
      return;
    }
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static Answer answer(String request, InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(":", 2);
      headers.put(parts[0], List.of(parts[1].strip()));
    }
    HttpHeaders read = HttpHeaders.of(headers, (name, value) -> true);
    int length = (int) read.firstValueAsLong("Content-Length").orElse(0);
    return new Answer(request, status, read, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The server hung up without an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
