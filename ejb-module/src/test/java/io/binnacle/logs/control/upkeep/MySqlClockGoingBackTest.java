package io.binnacle.logs.control.upkeep;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlClockGoingBackTest extends ClockGoingBackContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
