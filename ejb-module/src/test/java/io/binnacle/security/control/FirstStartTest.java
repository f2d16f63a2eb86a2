package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
  @TempDir Path directory;

  private final SecurityFixture fixture = new SecurityFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aShortKeyStopsTheStartAndMakesNobody() {
    assertTrue(refusal("x".repeat(31), null).contains("BINNACLE_ADMIN_API_KEY"));
    assertEquals(0, fixture.users.count());
  }

  @Test
  void aShortPasswordStopsTheStartToo() {
    assertTrue(refusal(null, "1234567").contains("BINNACLE_ADMIN_PASSWORD"));
    assertEquals(0, fixture.users.count());
  }

  @Test
  void emptyVariablesCountAsUnset() {
    fixture.database.run(() -> start("", "").begin());
    assertEquals(1, fixture.users.count());
    assertTrue(directory.resolve("admin-password").toFile().exists());
  }

  private String refusal(String key, String password) {
    FirstStart start = start(key, password);
    return assertThrows(IllegalStateException.class, start::begin).getMessage();
  }

  private FirstStart start(String key, String password) {
    FirstStart start = new FirstStart();
    start.firstAdmin = fixture.firstAdmin;
    start.apiKey = Optional.ofNullable(key);
    start.password = Optional.ofNullable(password);
    start.dataDir = directory.toString();
    return start;
  }
}
