package io.binnacle.it;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens soon, with a deadline, and no longer than it takes. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @param what what is awaited, for the message
   * @throws AssertionError when the time is up
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    value(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /**
   * Waits for a value.
   *
   * @param what what is awaited, for the message
   * @throws AssertionError when the time is up
   */
  public static <T> T value(String what, Duration limit, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + limit.toNanos();
    do {
      Optional<T> value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() < end);
    throw new AssertionError("Not within " + limit.toMillis() + " ms: " + what);
  }
}
