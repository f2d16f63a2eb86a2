package io.binnacle.platform.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlSettingsTest extends SettingsContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
