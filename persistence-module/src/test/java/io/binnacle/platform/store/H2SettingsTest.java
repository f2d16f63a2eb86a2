package io.binnacle.platform.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2SettingsTest extends SettingsContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
