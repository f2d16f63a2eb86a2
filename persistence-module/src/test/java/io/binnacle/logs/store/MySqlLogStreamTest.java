package io.binnacle.logs.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlLogStreamTest extends LogStreamContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
