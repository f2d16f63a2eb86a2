package io.binnacle.it;

import io.binnacle.it.http.Answer;
import io.binnacle.it.http.Api;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered batches one after the other until the server is gone, and remembers what was
 * acknowledged; the batch without an answer is sent again with its number, as the SDK does.
 */
final class CrashSender {
  private static final int LINES = 20;

  private final String runId;
  private final String stream;
  private final List<String> acknowledged = new ArrayList<>();
  private volatile long nextBatch = 1;
  private @Nullable Thread thread;
  private volatile @Nullable Throwable failure;

  CrashSender(String runId, String stream) {
    this.runId = runId;
    this.stream = stream;
  }

  String runId() {
    return runId;
  }

  String stream() {
    return stream;
  }

  /** Sends on a thread of its own until an exchange fails. */
  void start(Api api) {
    Thread sending = new Thread(() -> sendUntilGone(api), stream);
    thread = sending;
    sending.start();
  }

  private void sendUntilGone(Api api) {
    try {
      while (true) {
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
    if (answer.status() == 429 || answer.status() == 503) {
      return;
    }
    answer.expect(200);
    acknowledged.addAll(messages);
    nextBatch = number + 1;
  }

  /** How many batches were acknowledged so far. */
  long acknowledgedBatches() {
    return nextBatch - 1;
  }

  /** The messages of all acknowledged batches, in order; after {@link #join} only. */
  List<String> acknowledgedLines() {
    return acknowledged;
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
}
