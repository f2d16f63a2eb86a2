package io.binnacle.platform.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2SqlTest extends SqlContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
