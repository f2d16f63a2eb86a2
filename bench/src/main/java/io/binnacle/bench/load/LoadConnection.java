package io.binnacle.bench.load;

import io.binnacle.bench.data.Batch;
import io.binnacle.bench.http.Endpoint;
import io.binnacle.bench.http.Reply;
import io.binnacle.bench.http.ReplyParser;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One sender's keep-alive connection, driven by the event loop of {@link LoadGenerator}. */
final class LoadConnection {
  private final Endpoint endpoint;
  private final Sender sender;
  private final ReplyParser parser = new ReplyParser();
  private final ByteBuffer[] out = new ByteBuffer[2];
  private SocketChannel channel;
  private SelectionKey key;
  private long batchNo;
  private @Nullable Batch batch;
  private long dueNanos;

  LoadConnection(Endpoint endpoint, Sender sender, Selector selector) throws IOException {
    this.endpoint = endpoint;
    this.sender = sender;
    channel = connect(endpoint);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  private static SocketChannel connect(Endpoint endpoint) throws IOException {
    SocketChannel opened = SocketChannel.open(endpoint.address());
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    opened.configureBlocking(false);
    return opened;
  }

  /** Begins to send a new batch. */
  void send(Batch next, long due) throws IOException {
    batch = next;
    dueNanos = due;
    batchNo++;
    sendAgain();
  }

  /** Sends the batch that was not taken once more, under its number. */
  void sendAgain() throws IOException {
    Batch current = current();
    String envelope =
        "{\"client_id\":\""
            + sender.clientId()
            + "\",\"batch_no\":"
            + batchNo
            + ",\"stream\":\""
            + sender.stream()
            + "\",";
    StringBuilder head = endpoint.head("POST", sender.logsPath() + "/batch");
    head.append("Content-Type: application/json\r\nContent-Length: ");
    head.append(envelope.length() + current.logs().remaining()).append("\r\n\r\n");
    out[0] = ByteBuffer.wrap(Endpoint.bytes(head.append(envelope)));
    out[1] = current.logs().duplicate();
    parser.begin();
    write();
  }

  /** Opens the connection anew after the server closed it, and sends the batch again. */
  void reconnect(Selector selector) throws IOException {
    close();
    channel = connect(endpoint);
    key = channel.register(selector, SelectionKey.OP_READ, this);
    if (batch != null) {
      sendAgain();
    }
  }

  /** Writes what the socket takes. */
  void write() throws IOException {
    channel.write(out);
    boolean more = out[1].hasRemaining();
    key.interestOps(more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Reads what came; the answer, if it is complete, or null.
   *
   * @throws IOException also when the server closed the connection
   */
  @Nullable Reply read(ByteBuffer scratch) throws IOException {
    scratch.clear();
    if (channel.read(scratch) < 0) {
      throw new IOException("the server closed the connection");
    }
    return parser.feed(scratch.flip()) ? parser.reply() : null;
  }

  /** The batch under way; fails without one. */
  Batch current() {
    Batch current = batch;
    if (current == null) {
      throw new IllegalStateException("An answer without a request");
    }
    return current;
  }

  void finished() {
    batch = null;
  }

  boolean waiting() {
    return batch != null;
  }

  long dueNanos() {
    return dueNanos;
  }

  void close() throws IOException {
    key.cancel();
    channel.close();
  }
}
