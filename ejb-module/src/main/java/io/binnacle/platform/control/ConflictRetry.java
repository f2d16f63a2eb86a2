package io.binnacle.platform.control;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The one place that retries deadlocks and write conflicts; it runs outside the transaction. */
@RetryConflicts
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class ConflictRetry {
  /** Enough for conflicts that pass; a conflict that stays is a fault to be seen. */
  private static final int ATTEMPTS = 6;

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String UNIQUE_VIOLATION_CLASS = "23";

  @Resource TransactionSynchronizationRegistry transactions;

  /** Runs the use case, again after a conflict, with a growing random pause between. */
  @AroundInvoke
  public Object retry(InvocationContext call) throws Exception {
    boolean ownsTransaction = transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.proceed();
      } catch (RuntimeException e) {
        if (!ownsTransaction || attempt == ATTEMPTS || !isConflict(e)) {
          throw e;
        }
        long pause =
            TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(1, 10 << attempt));
        LockSupport.parkNanos(pause);
      }
    }
  }

  /** Whether another transaction was in the way, and the next try may find it gone. */
  static boolean isConflict(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        // No connection became free in all the time that one waits for it: the caller is told.
        return false;
      }
      if (cause instanceof SQLTransientException || cause instanceof OptimisticLockException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        // A unique key that a concurrent twin took first: the second try sees the twin's row.
        return sql.getSQLState().equals(SERIALIZATION_FAILURE)
            || sql.getSQLState().startsWith(UNIQUE_VIOLATION_CLASS);
      }
    }
    return false;
  }
}
