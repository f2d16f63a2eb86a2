package io.binnacle.platform.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlCutMigrationTest extends CutMigrationContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
