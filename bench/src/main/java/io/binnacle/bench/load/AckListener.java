package io.binnacle.bench.load;

import io.binnacle.bench.http.Reply;

/** Is told of every acknowledged batch, on the thread of the load. */
public interface AckListener {
  /** Nobody cares. */
  AckListener NONE = (reply, sentNanos, answeredNanos) -> {};

  /**
   * @param reply the answer
   * @param sentNanos when the batch was due, as {@link System#nanoTime()}
   * @param answeredNanos when the answer came
   */
  void acknowledged(Reply reply, long sentNanos, long answeredNanos);
}
