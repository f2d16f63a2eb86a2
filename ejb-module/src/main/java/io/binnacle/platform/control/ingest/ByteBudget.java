package io.binnacle.platform.control.ingest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that bodies on their way to the disk may hold together. It is taken before a body is
 * read, and more of it while it is, so that a thousand senders at once get an answer instead of an
 * {@code OutOfMemoryError}.
 */
public final class ByteBudget {
  /** Senders back off by themselves with this figure; a group commit takes milliseconds. */
  private static final int RETRY_SECONDS = 1;

  private final long capacity;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param capacity bytes
   */
  public ByteBudget(long capacity) {
    this.capacity = capacity;
  }

  /**
   * Takes bytes until the reservation is released.
   *
   * @throws ProblemException {@code too_many_requests} when they are not there
   */
  public Reservation take(long bytes) {
    Reservation reservation = new Reservation();
    reservation.growTo(bytes);
    return reservation;
  }

  /** Bytes in use now. */
  public long taken() {
    return taken.get();
  }

  /** Whether more than half is in use: the time to ask senders for larger, rarer batches. */
  public boolean crowded() {
    return taken.get() > capacity / 2;
  }

  /** A part of the budget in one sender's hands. */
  public final class Reservation {
    private final AtomicBoolean released = new AtomicBoolean();
    private long bytes;

    private Reservation() {}

    /**
     * Takes what is missing up to a size, as the body turns out larger than it was announced.
     *
     * @throws ProblemException {@code too_many_requests} when it is not there
     */
    public void growTo(long size) {
      long more = size - bytes;
      if (more <= 0) {
        return;
      }
      if (taken.addAndGet(more) > capacity) {
        taken.addAndGet(-more);
        throw ProblemException.retryLater(
            ProblemType.TOO_MANY_REQUESTS,
            RETRY_SECONDS,
            "The queue of data to be stored is full; send it again later.");
      }
      bytes = size;
    }

    /**
     * Gives back what is beyond a size, or takes what is missing up to it: what the body needs now
     * that it is read.
     *
     * @throws ProblemException {@code too_many_requests} when it is not there
     */
    public void settle(long size) {
      if (size < bytes) {
        taken.addAndGet(size - bytes);
        bytes = size;
      } else {
        growTo(size);
      }
    }

    /** Gives everything back; a second call does nothing. */
    public void release() {
      if (released.compareAndSet(false, true)) {
        taken.addAndGet(-bytes);
      }
    }
  }
}
