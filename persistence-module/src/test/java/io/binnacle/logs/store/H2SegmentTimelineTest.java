package io.binnacle.logs.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2SegmentTimelineTest extends SegmentTimelineContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
