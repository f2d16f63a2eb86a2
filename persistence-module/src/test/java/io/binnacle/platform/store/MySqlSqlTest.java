package io.binnacle.platform.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlSqlTest extends SqlContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
