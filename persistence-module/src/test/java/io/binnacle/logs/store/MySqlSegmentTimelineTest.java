package io.binnacle.logs.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlSegmentTimelineTest extends SegmentTimelineContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
