package io.binnacle.logs.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2LogStreamTest extends LogStreamContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
