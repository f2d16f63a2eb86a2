package io.binnacle.projects.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlProjectStoreTest extends ProjectStoreContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
