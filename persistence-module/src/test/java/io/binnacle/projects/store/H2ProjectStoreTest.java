package io.binnacle.projects.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2ProjectStoreTest extends ProjectStoreContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
