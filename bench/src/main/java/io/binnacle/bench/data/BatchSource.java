package io.binnacle.bench.data;

import org.jspecify.annotations.Nullable;

/** What a load sends. */
public interface BatchSource {
  /**
   * The next batch of a sender, or null when it has no more.
   *
   * @param sender the sender's index, from 0
   */
  @Nullable Batch next(int sender);
}
