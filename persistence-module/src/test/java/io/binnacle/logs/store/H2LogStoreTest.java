package io.binnacle.logs.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2LogStoreTest extends LogStoreContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
