package io.binnacle.security.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.UserAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAdminTest {
  private static final String KEY = "any text of at least 32 characters, really";

  @TempDir Path directory;

  private final SecurityFixture fixture = new SecurityFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theFirstStartMakesAnAdminWithARandomPasswordInAFileOfItsOwner() throws IOException {
    Path file = directory.resolve("data/admin-password");
    String password = create(null, null, file).get();
    assertEquals(password, Files.readString(file).strip());
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    UserAccount admin = fixture.users.named("admin").get();
    assertEquals(Role.ADMIN, admin.role());
    assertTrue(fixture.passwords.matches(password, admin.passwordHash()));
  }

  @Test
  void aLaterStartChangesNothing() {
    create(null, null, directory.resolve("first"));
    assertTrue(create("another one", KEY, directory.resolve("second")).isEmpty());
    assertEquals(1, fixture.users.count());
    assertFalse(Files.exists(directory.resolve("second")));
    assertNull(fixture.authentication.byKey(KEY));
  }

  @Test
  void aGivenPasswordIsWrittenNowhere() {
    Path file = directory.resolve("admin-password");
    assertTrue(create("correct horse", null, file).isEmpty());
    assertFalse(Files.exists(file));
    String hash = fixture.users.named("admin").get().passwordHash();
    assertTrue(fixture.passwords.matches("correct horse", hash));
  }

  @Test
  void anyLongTextWorksAsTheFirstKey() {
    create("correct horse", KEY, directory.resolve("admin-password"));
    Caller caller = fixture.authentication.byKey(KEY);
    assertEquals("admin", caller.userName());
    assertEquals(EnumSet.allOf(Right.class), caller.rights());
    assertTrue(caller.unlimitedTails());
    assertEquals("any ", fixture.keys.find(caller.keyId()).get().prefix());
  }

  private Optional<String> create(String password, String key, Path file) {
    return fixture.database.inTransaction(() -> fixture.firstAdmin.create(password, key, file));
  }
}
