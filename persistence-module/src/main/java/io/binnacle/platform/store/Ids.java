package io.binnacle.platform.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes 64-bit keys: 41 bits of milliseconds since 2024, 10 bits of the server life, 12 bits of
 * count. They rise with time, so rows of one moment lie together, and no two servers make the same
 * one: a life shares its 10 bits only with the life 1,024 starts earlier.
 */
public final class Ids {
  /** 2024-01-01T00:00:00Z; 41 bits reach to the year 2093. */
  private static final long EPOCH_MILLIS = 1_704_067_200_000L;

  private static final int COUNT_BITS = 12;
  private static final int LIFE_BITS = 10;

  private final long life;
  private final LongSupplier millis;
  private final AtomicLong last = new AtomicLong();

  /**
   * @param life the number of this server life
   * @param millis the clock, in milliseconds since 1970
   */
  public Ids(long life, LongSupplier millis) {
    this.life = life & ((1 << LIFE_BITS) - 1);
    this.millis = millis;
  }

  /**
   * The next key. When the clock goes backwards, or a millisecond has more than 4,096 keys, the
   * keys run ahead of the clock rather than repeat.
   */
  public long next() {
    long now = (millis.getAsLong() - EPOCH_MILLIS) << COUNT_BITS;
    long tick = last.updateAndGet(before -> Math.max(before + 1, now));
    long time = tick >>> COUNT_BITS;
    long count = tick & ((1 << COUNT_BITS) - 1);
    return time << (LIFE_BITS + COUNT_BITS) | life << COUNT_BITS | count;
  }
}
