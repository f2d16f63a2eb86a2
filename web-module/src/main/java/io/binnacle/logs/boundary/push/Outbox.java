package io.binnacle.logs.boundary.push;

import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The messages on their way to one viewer. Liberty loses a message that is sent while another one
 * is being sent, so the next goes out when the one before has gone. The queue is bounded: a viewer
 * that does not read must not hold the server's memory.
 */
final class Outbox {
  /** A megabyte is some five thousand lines: more than a screen can show, less than hurts. */
  private static final int MAX_CHARS = 1 << 20;

  private final Session session;
  private final Deque<String> waiting = new ArrayDeque<>();
  private int chars;
  private boolean sending;
  private boolean closed;
  private long sendingSince;

  Outbox(Session session) {
    this.session = session;
  }

  /**
   * Queues a message.
   *
   * @return false when the queue is full and the message was not taken
   */
  boolean offer(String message) {
    synchronized (this) {
      if (closed) {
        return true;
      }
      if (chars > 0 && chars + message.length() > MAX_CHARS) {
        return false;
      }
      chars += message.length();
      if (sending) {
        waiting.addLast(message);
        return true;
      }
      begin();
    }
    send(message);
    return true;
  }

  /** Queues a message whatever its size: the first one, which everything else follows. */
  void force(String message) {
    synchronized (this) {
      if (closed) {
        return;
      }
      chars += message.length();
      if (sending) {
        waiting.addLast(message);
        return;
      }
      begin();
    }
    send(message);
  }

  /** Whether half of the queue is free again. */
  synchronized boolean hasRoom() {
    return chars <= MAX_CHARS / 2;
  }

  /** How long the message on the wire has been stuck, in nanoseconds; 0 when none is. */
  synchronized long stuckFor(long now) {
    return sending ? now - sendingSince : 0;
  }

  /** Forgets everything that waits. */
  synchronized void close() {
    closed = true;
    waiting.clear();
    chars = 0;
  }

  private void send(String message) {
    try {
      session.getAsyncRemote().sendText(message, result -> sent(message, result));
    } catch (IllegalStateException e) {
      // The session closed between the check and the send; its own close handler cleans up.
      close();
    }
  }

  private void sent(String message, SendResult result) {
    String next;
    synchronized (this) {
      chars = Math.max(0, chars - message.length());
      if (!result.isOK()) {
        closed = true;
        waiting.clear();
        chars = 0;
      }
      next = waiting.pollFirst();
      if (next == null) {
        sending = false;
        return;
      }
      begin();
    }
    send(next);
  }

  private void begin() {
    sending = true;
    sendingSince = System.nanoTime();
  }
}
