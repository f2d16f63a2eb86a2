package io.binnacle.metrics.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2MetricStoreTest extends MetricStoreContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }

  @Override
  protected boolean sorts(String plan) {
    return !plan.contains("index sorted");
  }
}
