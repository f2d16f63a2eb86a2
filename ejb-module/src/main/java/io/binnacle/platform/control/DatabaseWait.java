package io.binnacle.platform.control;

import io.binnacle.platform.control.log.StartFailure;
import io.binnacle.platform.store.FailureKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits at the start for a database that is not up yet, as after a loss of power of the whole rack.
 * A database that answers with a refusal is not waited for: it would refuse again.
 */
final class DatabaseWait {
  private static final Logger LOG = System.getLogger(DatabaseWait.class.getName());
  private static final String ADVICE = " Check DB_DRIVER, DB_URL, DB_USER and DB_PASSWORD.";

  private final Duration limit;
  private final Duration pause;

  /**
   * @param limit how long it is waited for
   * @param pause between two tries
   */
  DatabaseWait(Duration limit, Duration pause) {
    this.limit = limit;
    this.pause = pause;
  }

  /**
   * The first result of what needs the database.
   *
   * @throws IllegalStateException when the database refuses, or was away all the time
   */
  <T> T until(Supplier<T> attempt) {
    long end = System.nanoTime() + limit.toNanos();
    for (boolean told = false; ; told = true) {
      try {
        return attempt.get();
      } catch (RuntimeException e) {
        String reason = DatabaseTrouble.reason(e);
        if (FailureKind.of(e) != FailureKind.AWAY) {
          throw StartFailure.because("The database can't be used: " + reason + "." + ADVICE);
        }
        if (System.nanoTime() - end >= 0) {
          throw StartFailure.because(
              "The database was not there for "
                  + limit.toSeconds()
                  + " s: "
                  + reason
                  + "."
                  + ADVICE);
        }
        if (!told) {
          LOG.log(
              Level.ERROR,
              "The database can''t be reached: {0}. Trying again for {1} s.",
              reason,
              limit.toSeconds());
        }
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }
}
