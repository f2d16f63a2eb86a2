package io.binnacle.platform.control.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class LogLevelTest {
  @Test
  void levelsOfJavaAreShownAsOurs() {
    assertEquals(LogLevel.DEBUG, LogLevel.of(Level.FINEST));
    assertEquals(LogLevel.DEBUG, LogLevel.of(Level.CONFIG));
    assertEquals(LogLevel.INFO, LogLevel.of(Level.INFO));
    assertEquals(LogLevel.WARNING, LogLevel.of(Level.WARNING));
    assertEquals(LogLevel.ERROR, LogLevel.of(Level.SEVERE));
    assertEquals(LogLevel.CRITICAL, LogLevel.of(LogLevel.CRITICAL.threshold()));
  }

  @Test
  void criticalIsAboveSevere() {
    assertTrue(LogLevel.CRITICAL.threshold().intValue() > Level.SEVERE.intValue());
  }

  @Test
  void namesAreTakenInAnyCaseAndOthersRefused() {
    assertEquals(LogLevel.WARNING, LogLevel.named(" warning "));
    assertThrows(IllegalArgumentException.class, () -> LogLevel.named("loud"));
  }
}
