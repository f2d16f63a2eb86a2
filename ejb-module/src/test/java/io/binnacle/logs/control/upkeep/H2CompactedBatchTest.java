package io.binnacle.logs.control.upkeep;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2CompactedBatchTest extends CompactedBatchContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
