package io.binnacle.logs.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlLogSegmentTest extends LogSegmentContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
