package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** What all servers agree on. */
abstract class SettingsContract extends StoreContract {
  private static final long NOW = 1_763_712_000_123_456_789L;

  private Settings settings;

  @Override
  protected void prepare(TestDatabase empty) {
    settings = new Settings(empty.dataSource());
  }

  @Test
  void whatTheFirstBroughtHoldsForAll() {
    assertEquals("of the first", settings.agreed("secret", "of the first", NOW));
    assertEquals("of the first", settings.agreed("secret", "of the second", NOW + 1));
    assertEquals("of the second", settings.agreed("other", "of the second", NOW));
  }
}
