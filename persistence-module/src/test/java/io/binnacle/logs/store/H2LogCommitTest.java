package io.binnacle.logs.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2LogCommitTest extends LogCommitContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
