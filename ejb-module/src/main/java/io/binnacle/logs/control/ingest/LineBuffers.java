package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.LineBuffer;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Buffers whose batch is on disk, for the batches that come next: a batch of 100 lines needs 26 KB,
 * which was a third of all the memory that its request took.
 */
public final class LineBuffers {
  /** About as many as there are batches under way on a busy server. */
  private static final int KEPT = 128;

  /** A buffer that once held a huge batch is not kept for small ones. */
  private static final int MAX_BYTES = 128 << 10;

  /** The one that came back last is lent first: the processor still has it in its cache. */
  private final BlockingDeque<LineBuffer> free = new LinkedBlockingDeque<>(KEPT);

  /** An empty buffer in one sender's hands. */
  public final class Loan {
    private final LineBuffer lines;
    private final AtomicBoolean over = new AtomicBoolean();

    private Loan(LineBuffer lines) {
      this.lines = lines;
    }

    /** The buffer; not to be touched after {@link #giveBack}. */
    public LineBuffer lines() {
      return lines;
    }

    /** Gives the buffer back when nobody reads it any more; a second call does nothing. */
    public void giveBack() {
      if (over.compareAndSet(false, true) && lines.memoryBytes() <= MAX_BYTES) {
        lines.clear();
        free.offerFirst(lines);
      }
    }
  }

  /** Lends a buffer. One that is never given back is only lost for the next batch. */
  public Loan take() {
    @Nullable LineBuffer used = free.pollFirst();
    return new Loan(used == null ? new LineBuffer() : used);
  }
}
