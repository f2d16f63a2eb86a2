package io.binnacle.logs.boundary.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int MANY = 100_000;

  private final List<String> sent = new ArrayList<>();
  private final Deque<SendHandler> underWay = new ArrayDeque<>();
  private final Outbox slow =
      new Outbox(
          (message, done) -> {
            sent.add(message);
            underWay.add(done);
          });

  @Test
  void aWireThatAnswersAtOnceDoesNotDeepenTheStack() {
    Deque<SendHandler> first = new ArrayDeque<>();
    Outbox outbox =
        new Outbox(
            (message, done) -> {
              sent.add(message);
              if (first.isEmpty()) {
                first.add(done);
              } else {
                done.onResult(new SendResult());
              }
            });
    for (int i = 0; i < MANY; i++) {
      assertTrue(outbox.offer("m"));
    }
    assertEquals(1, sent.size());
    first.peek().onResult(new SendResult());
    assertEquals(MANY, sent.size());
    assertEquals(0, outbox.stuckFor(System.nanoTime()));
  }

  @Test
  void aMessageWaitsUntilTheOneBeforeHasGone() {
    slow.offer("a");
    slow.force("b");
    assertEquals(List.of("a"), sent);
    underWay.remove().onResult(new SendResult());
    assertEquals(List.of("a", "b"), sent);
    assertTrue(slow.stuckFor(System.nanoTime()) > 0);
    underWay.remove().onResult(new SendResult());
    assertEquals(0, slow.stuckFor(System.nanoTime()));
  }

  @Test
  void aFullQueueTakesNoMoreUntilHalfOfItHasGone() {
    String large = "x".repeat(600_000);
    assertTrue(slow.offer(large));
    assertFalse(slow.offer(large));
    assertFalse(slow.hasRoom());
    underWay.remove().onResult(new SendResult());
    assertTrue(slow.hasRoom());
    assertTrue(slow.offer(large));
  }

  @Test
  void aShortMessageIsTakenByAFullQueueUnlessThousandsWait() {
    slow.force("x".repeat(2_000_000));
    for (int i = 0; i < MANY; i++) {
      slow.tell("short");
    }
    while (!underWay.isEmpty()) {
      underWay.remove().onResult(new SendResult());
    }
    assertEquals(10_001, sent.size());
  }

  @Test
  void afterASendThatFailedNothingMoreIsSent() {
    slow.offer("a");
    slow.offer("b");
    underWay.remove().onResult(new SendResult(new IllegalStateException("gone")));
    slow.offer("c");
    assertEquals(List.of("a"), sent);
  }
}
