package io.binnacle.platform.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseWaitTest {
  private static final SQLException AWAY = new SQLException("Connection refused", "08S01");
  private static final SQLException REFUSED = new SQLException("Access denied for user", "28000");

  private int tries;

  @Test
  void aDatabaseThatComesUpIsWaitedFor() {
    assertEquals("there", waiting(Duration.ofSeconds(20)).until(() -> answerAfter(3, AWAY)));
    assertEquals(3, tries);
  }

  @Test
  void aDatabaseThatRefusesIsNotWaitedFor() {
    DatabaseWait wait = waiting(Duration.ofSeconds(20));
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> wait.until(() -> answerAfter(3, REFUSED)));
    assertEquals(1, tries);
    assertTrue(refusal.getMessage().contains("Access denied for user"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("DB_PASSWORD"), refusal.getMessage());
  }

  @Test
  void theWaitEndsAndSaysWhatIsWrong() {
    DatabaseWait wait = waiting(Duration.ZERO);
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> wait.until(() -> answerAfter(3, AWAY)));
    assertTrue(failure.getMessage().contains("Connection refused"), failure.getMessage());
    assertTrue(failure.getMessage().contains("DB_URL"), failure.getMessage());
  }

  private static DatabaseWait waiting(Duration limit) {
    return new DatabaseWait(limit, Duration.ofMillis(1));
  }

  private String answerAfter(int needed, SQLException failure) {
    if (++tries < needed) {
      throw new StoreException("The database can't be reached", failure);
    }
    return "there";
  }
}
