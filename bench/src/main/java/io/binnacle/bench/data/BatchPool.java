package io.binnacle.bench.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Batches rendered before the measurement and sent round and round, so that the generator costs
 * next to nothing. The pool holds more text than a segment does: no segment sees a repetition.
 */
public final class BatchPool implements BatchSource {
  private final List<Batch> batches;
  private final int[] next;

  private BatchPool(List<Batch> batches, int senders) {
    this.batches = batches;
    this.next = IntStream.range(0, senders).map(i -> i * batches.size() / senders).toArray();
  }

  /**
   * @param lines lines of a batch
   * @param count batches in the pool
   * @param senders how many senders draw from it, each from a place of its own
   */
  public static BatchPool render(int lines, int count, int senders) {
    TrainingLogs logs = new TrainingLogs(1, Instant.now(), 20_000);
    JsonBytes scratch = new JsonBytes();
    List<Batch> batches = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      batches.add(Batch.of(logs, lines, scratch));
    }
    return new BatchPool(batches, senders);
  }

  @Override
  public Batch next(int sender) {
    Batch batch = batches.get(next[sender]);
    next[sender] = (next[sender] + 1) % batches.size();
    return batch;
  }
}
