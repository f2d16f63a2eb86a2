package io.binnacle.logs.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlLogClientTest extends LogClientContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
