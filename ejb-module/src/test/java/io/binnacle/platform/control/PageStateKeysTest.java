package io.binnacle.platform.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.binnacle.platform.store.Settings;
import io.binnacle.testing.H2Database;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageStateKeysTest {
  private final H2Database database = H2Database.create();
  private final PageStateKeys keys = server("secret");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void allServersOfADatabaseHaveTheSameKeys() {
    assertEquals(keys.key("cipher"), server("secret").key("cipher"));
    assertEquals(32, Base64.getDecoder().decode(keys.key("cipher")).length);
  }

  @Test
  void eachPurposeHasAKeyOfItsOwn() {
    assertNotEquals(keys.key("cipher"), keys.key("mac"));
  }

  @Test
  void theDatabaseAloneDoesNotTellTheKeys() {
    assertNotEquals(keys.key("cipher"), server("guess").key("cipher"));
  }

  private PageStateKeys server(String databasePassword) {
    PageStateKeys made =
        new PageStateKeys(
            new Settings(database.dataSource()), Clock.systemUTC(), Optional.of(databasePassword));
    made.agree();
    return made;
  }
}
