package io.binnacle.platform.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells the troubles of a database that pass, or can be mended, from faults of the program. */
public enum FailureKind {
  /** Its disk is full. */
  FULL,

  /** It can't be reached, or is too busy. */
  AWAY,

  /** Anything else. */
  FAULT;

  /** SQL states of this class are about the connection. */
  private static final String CONNECTION_CLASS = "08";

  /**
   * H2 closes its store when it can't write: the connections that there are tell so, until the next
   * one opens it again.
   */
  private static final Set<String> H2_CLOSED = Set.of("90028", "90031", "90067", "90098", "90121");

  /** What MySQL's driver throws when a connection broke between two steps of one statement. */
  private static final Set<String> MYSQL_CLOSED =
      Set.of("StatementIsClosedException", "ConnectionIsClosedException");

  /** MySQL: disk full, table full; an error while writing a file is told with its errno. */
  private static final Set<Integer> MYSQL_FULL = Set.of(1021, 1114);

  /** What the operating system says, as Java and MySQL hand it on. */
  private static final Set<String> FULL_MESSAGES =
      Set.of("No space left on device", "errno: 28", "not enough space");

  /**
   * The kind of a failure with all its causes. A full disk often shows as a connection that broke,
   * so it wins wherever it is found.
   */
  public static FailureKind of(Throwable failure) {
    FailureKind kind = FAULT;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isFull(cause)) {
        return FULL;
      }
      kind = isPassing(cause) ? AWAY : kind;
    }
    return kind;
  }

  private static boolean isFull(Throwable cause) {
    if (cause instanceof SQLException failure && MYSQL_FULL.contains(failure.getErrorCode())) {
      return true;
    }
    String message = cause.getMessage();
    return message != null && FULL_MESSAGES.stream().anyMatch(message::contains);
  }

  private static boolean isPassing(Throwable cause) {
    return cause instanceof SQLTransientException
        || cause instanceof SQLNonTransientConnectionException
        || cause instanceof SQLRecoverableException
        || MYSQL_CLOSED.contains(cause.getClass().getSimpleName())
        || (cause instanceof SQLException failure
            && failure.getSQLState() != null
            && (failure.getSQLState().startsWith(CONNECTION_CLASS)
                || H2_CLOSED.contains(failure.getSQLState())));
  }
}
