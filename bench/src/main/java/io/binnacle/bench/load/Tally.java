package io.binnacle.bench.load;

import io.binnacle.bench.data.Batch;
import io.binnacle.bench.http.Reply;
import org.jspecify.annotations.Nullable;

/** Counts what happens during a load. */
final class Tally {
  private final Latencies latencies = new Latencies();
  private long startNanos;
  private long lastNanos;
  private long started;
  private long batches;
  private long lines;
  private long textBytes;
  private long busy;
  private long slowDowns;
  private long refusedLines;
  private long failures;
  private long unsent;
  private @Nullable String firstFailure;

  void begin(long nanos) {
    startNanos = nanos;
    lastNanos = nanos + 1;
  }

  /** How long no answer has come. */
  long silentNanos(long now) {
    return now - lastNanos;
  }

  void starting() {
    started++;
  }

  long started() {
    return started;
  }

  void acknowledged(Batch batch, Reply reply, long dueNanos, long nowNanos) {
    long accepted = JsonNumbers.after(reply.body(), "\"accepted\":", batch.lines());
    batches++;
    lines += accepted;
    refusedLines += batch.lines() - accepted;
    textBytes += batch.textBytes();
    slowDowns += reply.retryAfterSeconds() > 0 ? 1 : 0;
    lastNanos = nowNanos;
    latencies.add(nowNanos - dueNanos);
  }

  void busy(long nowNanos) {
    lastNanos = nowNanos;
    busy++;
  }

  void failed(String what) {
    failures++;
    if (firstFailure == null) {
      firstFailure = what;
    }
  }

  long failures() {
    return failures;
  }

  void abandoned(int requests) {
    if (requests > 0) {
      failed(requests + " requests were never answered");
    }
  }

  void notSent(long count) {
    unsent = count;
  }

  LoadResult result() {
    return new LoadResult(
        batches,
        lines,
        textBytes,
        (lastNanos - startNanos) / 1e9,
        latencies,
        busy,
        slowDowns,
        refusedLines,
        failures,
        firstFailure,
        unsent);
  }
}
