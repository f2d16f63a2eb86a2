package io.binnacle.runs.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlRunStoreTest extends RunStoreContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
