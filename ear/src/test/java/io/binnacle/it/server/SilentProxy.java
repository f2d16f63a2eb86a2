package io.binnacle.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A way to a port that can go silent, as a host does whose power or network is gone: connections
 * stay open, and nothing passes any more.
 */
public final class SilentProxy implements AutoCloseable {
  private final ServerSocket entrance;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch silence = new CountDownLatch(0);

  /**
   * @param target a port on the loopback address
   */
  public SilentProxy(int target) {
    this.target = target;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** From now on nothing passes, and new connections get no answer. */
  public void fallSilent() {
    silence = new CountDownLatch(1);
  }

  /** What comes from now on passes; what was open before is lost, as after a reboot. */
  public void speakAgain() {
    sockets.forEach(SilentProxy::closeQuietly);
    silence.countDown();
  }

  @Override
  public void close() {
    closeQuietly(entrance);
    speakAgain();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        sockets.add(client);
        daemon(() -> connect(client));
      }
    } catch (IOException e) {
      // It was closed.
      return;
    }
  }

  private void connect(Socket client) {
    try {
      waitWhileSilent();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      daemon(() -> copy(client, server));
      copy(server, client);
    } catch (IOException e) {
      closeQuietly(client);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        waitWhileSilent();
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // The other direction ended, or the connection was lost with the silence.
      return;
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private void waitWhileSilent() {
    try {
      silence.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "silent-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is gone either way.
      return;
    }
  }
}
