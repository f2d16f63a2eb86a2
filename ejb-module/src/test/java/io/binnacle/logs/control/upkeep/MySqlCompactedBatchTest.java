package io.binnacle.logs.control.upkeep;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlCompactedBatchTest extends CompactedBatchContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
