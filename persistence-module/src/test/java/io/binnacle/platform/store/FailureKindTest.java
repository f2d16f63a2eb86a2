package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureKindTest {
  /** Named as the driver's, which is not on the path of the sources. */
  private static final class StatementIsClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void troublesOfTheDatabaseAreToldFromFaultsOfTheProgram() {
    Map<Throwable, FailureKind> expected =
        Map.of(
            new SQLNonTransientConnectionException("gone"), FailureKind.AWAY,
            new SQLException("link failure", "08S01"), FailureKind.AWAY,
            new SQLException("closed", "90098"), FailureKind.AWAY,
            new SQLException("after close", "S1009", new StatementIsClosedException()),
                FailureKind.AWAY,
            new SQLException("table full", "HY000", 1114), FailureKind.FULL,
            new SQLException("x", "08S01", new IOException("No space left on device")),
                FailureKind.FULL,
            new SQLException("duplicate", "23505"), FailureKind.FAULT,
            new IllegalStateException(), FailureKind.FAULT);

    expected.forEach(
        (failure, kind) ->
            assertEquals(
                kind, FailureKind.of(new StoreException("wrapped", failure)), failure::toString));
  }
}
