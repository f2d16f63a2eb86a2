package io.binnacle.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One blocking keep-alive connection: one request after the other. For queries and set-up. */
public final class HttpConnection implements AutoCloseable {
  private final Endpoint endpoint;
  private final SocketChannel channel;
  private final ReplyParser parser = new ReplyParser();
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);

  /** Connects; throws {@link UncheckedIOException} if nothing listens. */
  public HttpConnection(Endpoint endpoint) {
    this.endpoint = endpoint;
    try {
      channel = SocketChannel.open(endpoint.address());
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** GET; the path with its query. */
  public Reply get(String path) {
    parser.begin();
    return exchange(Endpoint.bytes(endpoint.head("GET", path).append("\r\n")));
  }

  /** GET with the body into a sink; the reply's body is empty. */
  public Reply get(String path, BodySink sink) {
    parser.begin(sink);
    return exchange(Endpoint.bytes(endpoint.head("GET", path).append("\r\n")));
  }

  /** DELETE. */
  public Reply delete(String path) {
    parser.begin();
    return exchange(Endpoint.bytes(endpoint.head("DELETE", path).append("\r\n")));
  }

  /** POST of JSON. */
  public Reply post(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        Endpoint.bytes(
            endpoint
                .head("POST", path)
                .append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n"));
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    parser.begin();
    return exchange(request);
  }

  private Reply exchange(byte[] request) {
    try {
      ByteBuffer out = ByteBuffer.wrap(request);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      boolean complete = false;
      while (!complete) {
        in.clear();
        if (channel.read(in) < 0) {
          throw new IOException("the server closed the connection");
        }
        complete = parser.feed(in.flip());
      }
      return parser.reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
