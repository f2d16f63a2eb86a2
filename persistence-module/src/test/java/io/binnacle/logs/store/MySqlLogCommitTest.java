package io.binnacle.logs.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlLogCommitTest extends LogCommitContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
