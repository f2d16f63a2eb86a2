package io.binnacle.bench.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A log of a given length, rendered while it is sent: to fill the database for the queries. */
public final class FreshBatches implements BatchSource {
  private static final long MEAN_STEP_NANOS = 200_000;
  private final TrainingLogs logs;
  private final JsonBytes scratch = new JsonBytes();
  private final int batchLines;
  private long left;

  /**
   * @param seed which log
   * @param lines its length; it ends about now
   * @param batchLines lines of a batch
   */
  public FreshBatches(long seed, long lines, int batchLines) {
    this.logs =
        new TrainingLogs(seed, Instant.now().minusNanos(lines * MEAN_STEP_NANOS), MEAN_STEP_NANOS);
    this.left = lines;
    this.batchLines = batchLines;
  }

  @Override
  public @Nullable Batch next(int sender) {
    if (left <= 0) {
      return null;
    }
    int lines = (int) Math.min(batchLines, left);
    left -= lines;
    return Batch.of(logs, lines, scratch);
  }
}
