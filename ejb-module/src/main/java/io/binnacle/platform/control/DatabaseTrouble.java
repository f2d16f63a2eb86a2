package io.binnacle.platform.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.FailureKind;
import org.jspecify.annotations.Nullable;

/** What callers and the log are told when the database, and not the program, is at fault. */
public final class DatabaseTrouble {
  private static final int AWAY_RETRY_SECONDS = 5;

  private DatabaseTrouble() {}

  /** The refusal that a failure stands for; null when it is a fault of the program. */
  public static @Nullable ProblemException refusal(Throwable failure) {
    return switch (FailureKind.of(failure)) {
      case FULL -> DiskReserve.full();
      case AWAY ->
          ProblemException.retryLater(
              ProblemType.UNAVAILABLE,
              AWAY_RETRY_SECONDS,
              "The database can't be reached or is too busy; try again later.");
      case FAULT -> null;
    };
  }

  /** Whether the database is behind a failure. */
  public static boolean isBehind(Throwable failure) {
    return FailureKind.of(failure) != FailureKind.FAULT;
  }

  /** The innermost cause in one line, for the log. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
