package io.binnacle.logs.control.upkeep;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2ClockGoingBackTest extends ClockGoingBackContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
