package io.binnacle.platform.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2ServerLivesTest extends ServerLivesContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
