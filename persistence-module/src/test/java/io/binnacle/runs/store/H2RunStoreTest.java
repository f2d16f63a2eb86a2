package io.binnacle.runs.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2RunStoreTest extends RunStoreContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
