package io.binnacle.logs.boundary.push;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way to one viewer. Liberty loses a message that is sent while another one
 * is being sent, so the next goes out when the one before has gone. The queue is bounded: a viewer
 * that does not read must not hold the server's memory.
 */
final class Outbox {
  /** A megabyte is some five thousand lines: more than a screen can show, less than hurts. */
  private static final int MAX_CHARS = 1 << 20;

  /** About one long history: with less than it waiting, another one may follow. */
  private static final int HISTORY_CHARS = 4 << 20;

  /** More short messages than lines ever fill the queue with. */
  private static final int MAX_WAITING = 10_000;

  /** What carries messages; it may tell the end of a send before the call returns. */
  interface Wire {
    void send(String message, SendHandler done);
  }

  private final Wire wire;
  private final Deque<String> waiting = new ArrayDeque<>();
  private int chars;
  private boolean sending;
  private boolean pumping;
  private boolean closed;
  private long sendingSince;

  Outbox(Session session) {
    this((message, done) -> session.getAsyncRemote().sendText(message, done));
  }

  Outbox(Wire wire) {
    this.wire = wire;
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
      waiting.addLast(message);
    }
    pump();
    return true;
  }

  /**
   * Queues a message whatever its size: the first one of a view, which everything else follows.
   * Whoever may be asked for views again looks first whether there is room for a history.
   */
  void force(String message) {
    synchronized (this) {
      if (closed) {
        return;
      }
      chars += message.length();
      waiting.addLast(message);
    }
    pump();
  }

  /** Queues a short message that must not be left out, however full the queue is of lines. */
  void tell(String message) {
    if (waits() < MAX_WAITING) {
      force(message);
    }
  }

  private synchronized int waits() {
    return waiting.size();
  }

  /** Whether half of the queue is free again. */
  synchronized boolean hasRoom() {
    return chars <= MAX_CHARS / 2;
  }

  /** Whether so little waits that a history may be added. */
  synchronized boolean hasRoomForHistory() {
    return chars <= HISTORY_CHARS;
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

  /** Sends what waits, in a loop: a wire that answers at once must not deepen the stack. */
  private void pump() {
    synchronized (this) {
      if (pumping) {
        return;
      }
      pumping = true;
    }
    for (String message = next(); message != null; message = next()) {
      send(message);
    }
  }

  /** The message to send now; null when none waits or one is on the wire. */
  private synchronized @Nullable String next() {
    String message = sending ? null : waiting.pollFirst();
    if (message == null) {
      pumping = false;
    } else {
      sending = true;
      sendingSince = System.nanoTime();
    }
    return message;
  }

  private void send(String message) {
    try {
      wire.send(message, result -> sent(message, result));
    } catch (IllegalStateException e) {
      // The session closed between the check and the send; its own close handler cleans up.
      close();
    }
  }

  private void sent(String message, SendResult result) {
    synchronized (this) {
      sending = false;
      chars = Math.max(0, chars - message.length());
    }
    if (!result.isOK()) {
      close();
    }
    pump();
  }
}
