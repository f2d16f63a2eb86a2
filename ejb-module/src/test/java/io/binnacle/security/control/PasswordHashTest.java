package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
  private final PasswordHash passwords = new PasswordHash(1_000);

  @Test
  void aPasswordMatchesItsOwnHashOnly() {
    String hash = passwords.of("correct horse");
    assertTrue(passwords.matches("correct horse", hash));
    assertFalse(passwords.matches("Correct horse", hash));
    assertFalse(passwords.matches("", hash));
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    assertNotEquals(passwords.of("correct horse"), passwords.of("correct horse"));
  }

  @Test
  void theCostStandsInTheHashSoThatItMayRiseLater() {
    String old = passwords.of("correct horse");
    assertTrue(new PasswordHash(2_000).matches("correct horse", old));
  }

  @Test
  void realPasswordsCostAsManyRoundsAsOwaspAsksFor() {
    assertTrue(new PasswordHash().ofNobody().startsWith("pbkdf2-sha512$210000$"));
  }

  @Test
  void nobodysHashMatchesNothing() {
    assertFalse(passwords.matches("", passwords.ofNobody()));
    assertFalse(passwords.matches("correct horse", passwords.ofNobody()));
  }
}
