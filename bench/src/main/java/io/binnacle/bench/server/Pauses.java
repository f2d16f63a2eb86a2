package io.binnacle.bench.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting where the passing of time is what is measured. */
public final class Pauses {
  private Pauses() {}

  /** Sleeps; a measurement that is interrupted has failed. */
  public static void sleep(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
