package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered batches one after the other until the server is gone, and remembers what was
 * acknowledged; the batch without an answer is sent again with its number, as the SDK does.
 */
final class CrashSender {
  private static final int LINES = 20;

  /** A real sender waits for seconds; without any pause refusals would fill the machine. */
  private static final long PAUSE_NANOS = 50_000_000;

  private final String runId;
  private final String stream;
  private final List<String> acknowledged = new ArrayList<>();
  private volatile long nextBatch = 1;
  private @Nullable Thread thread;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Answer refused;
  private volatile boolean stopped;

  CrashSender(String runId, String stream) {
    this.runId = runId;
    this.stream = stream;
  }

  /** Sends on a thread of its own until an exchange fails or it is stopped. */
  void start(Api api) {
    Thread sending = new Thread(() -> sendUntilGone(api), stream);
    thread = sending;
    sending.start();
  }

  private void sendUntilGone(Api api) {
    try {
      while (!stopped) {
        sendPending(api);
      }
    } catch (UncheckedIOException e) {
      // The server was killed; the batch stays pending.
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Sends the batch that has no answer yet. */
  void sendPending(Api api) {
    long number = nextBatch;
    List<Map<String, Object>> lines = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      String message = stream + " batch " + number + " line " + i;
      messages.add(message);
      lines.add(Map.of("message", message));
    }
    Answer answer =
        api.post(
            "/api/v1/runs/" + runId + "/logs/batch",
            Map.of("stream", stream, "client_id", stream, "batch_no", number, "logs", lines));
    if (Set.of(429, 503, 507).contains(answer.status())) {
      refused = answer;
      LockSupport.parkNanos(PAUSE_NANOS);
      return;
    }
    answer.expect(200);
    acknowledged.addAll(messages);
    nextBatch = number + 1;
  }

  /** Begins to look out for a refusal. */
  void forgetRefusal() {
    refused = null;
  }

  /** The last answer that asked to come back later; null when there was none. */
  @Nullable Answer refused() {
    return refused;
  }

  /** Sends no more after the batch under way. */
  void stop() {
    stopped = true;
    join();
  }

  /** How many batches were acknowledged so far. */
  long acknowledgedBatches() {
    return nextBatch - 1;
  }

  /** Waits until the thread has noticed that the server is gone. */
  void join() {
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new AssertionError(stream + " failed", failure);
    }
  }

  /** Every acknowledged line is there, once, in order, and the numbers have no gap. */
  void assertWhole(Api api) {
    List<String> messages = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    LogPages.of(api, runId, stream)
        .forEach(
            line -> {
              messages.add(line.path("message").asText());
              numbers.add(line.path("line_number").asLong());
            });
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals(i + 1, numbers.get(i), stream + ": line numbers have a gap");
    }
    assertEquals(messages.size(), new HashSet<>(messages).size(), stream + ": a line is doubled");
    assertEquals(acknowledged, messages, stream + ": lines or their order");
    assertTrue(messages.size() > 0);
  }
}
