package io.binnacle.platform.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.platform.store.StoreException;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConflictRetryTest {
  @Test
  void conflictsPassAndWhatElseFailedFailsAgain() {
    Map<Throwable, Boolean> expected =
        Map.of(
            new SQLTransactionRollbackException("deadlock", "40001"), true,
            new SQLException("deadlock", "40001"), true,
            new SQLTimeoutException("a lock was not given in time"), true,
            new SQLException("a twin was first", "23505"), true,
            new OptimisticLockException(), true,
            new SQLTransientConnectionException("all connections are busy"), false,
            new SQLException("value too long", "22001"), false,
            new IllegalStateException(), false);

    expected.forEach(
        (failure, conflict) ->
            assertEquals(
                conflict,
                ConflictRetry.isConflict(new StoreException("wrapped", failure)),
                failure::toString));
  }
}
