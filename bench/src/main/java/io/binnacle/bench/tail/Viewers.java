package io.binnacle.bench.tail;

import io.binnacle.bench.http.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many viewers of one run's tail, read by one thread. */
public final class Viewers implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  /** A pong with an empty payload; a client's frames are masked, here with zeros. */
  private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

  private final Selector selector;
  private final List<Viewer> viewers = new ArrayList<>();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final CountDownLatch ready;
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
  private final Thread thread;
  private volatile boolean running = true;

  /**
   * Connects them all and waits until each has its history.
   *
   * @param logsPath the run's logs
   * @param count how many
   */
  public Viewers(Endpoint endpoint, String logsPath, int count) {
    ready = new CountDownLatch(count);
    thread = new Thread(this::loop, "viewers");
    try {
      selector = Selector.open();
      for (int i = 0; i < count; i++) {
        connect(endpoint, logsPath);
      }
      thread.start();
      if (!ready.await(READY_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        close();
        throw new IllegalStateException(ready.getCount() + " viewers got no history");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void connect(Endpoint endpoint, String logsPath) throws IOException {
    SocketChannel channel = SocketChannel.open(endpoint.address());
    channels.add(channel);
    StringBuilder head = endpoint.head("GET", logsPath + "/stream");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    head.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    channel.write(ByteBuffer.wrap(Endpoint.bytes(head)));
    String answer = readHead(channel);
    if (!answer.startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("No WebSocket: " + answer);
    }
    channel.configureBlocking(false);
    Viewer viewer = new Viewer();
    viewers.add(viewer);
    channel.register(selector, SelectionKey.OP_READ, viewer);
  }

  /** Byte by byte, so that nothing of the first frame is taken. */
  private static String readHead(SocketChannel channel) throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0 && channel.read(one.clear()) > 0) {
      head.append((char) one.get(0));
    }
    return head.toString();
  }

  private void loop() {
    try {
      while (running) {
        selector.select(this::read, 100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key) {
    Viewer viewer = (Viewer) key.attachment();
    boolean wasReady = viewer.ready();
    try {
      SocketChannel channel = (SocketChannel) key.channel();
      if (channel.read(in.clear()) < 0) {
        throw new IOException("closed");
      }
      viewer.frames().feed(in.flip());
      if (viewer.takePing()) {
        channel.write(ByteBuffer.wrap(PONG));
      }
    } catch (IOException e) {
      viewer.closed();
    }
    if (viewer.isClosed()) {
      key.cancel();
    }
    if (!wasReady && viewer.ready()) {
      ready.countDown();
    }
  }

  /** The viewers; to be read after {@link #stop()}. */
  public List<Viewer> all() {
    return viewers;
  }

  /** Reads no more. */
  public void stop() {
    running = false;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    try {
      for (SocketChannel channel : channels) {
        channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
