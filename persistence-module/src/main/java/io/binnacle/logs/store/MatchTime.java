package io.binnacle.logs.store;

/**
 * How long a filter may look at texts, in all its matches together: whoever shares a thread with
 * others must not keep them waiting. For one thread at a time.
 */
public final class MatchTime {
  private long given;
  private long taken;

  /** Begins anew with so many nanoseconds. */
  public void give(long nanos) {
    given = nanos;
    taken = 0;
  }

  /** Nanoseconds since it was given; more than were given when a match could not be cut short. */
  public long taken() {
    return taken;
  }

  long left() {
    return Math.max(0, given - taken);
  }

  void take(long nanos) {
    taken += nanos;
  }
}
