package io.binnacle.metrics.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlMetricStoreTest extends MetricStoreContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }

  @Override
  protected boolean sorts(String plan) {
    return plan.contains("filesort");
  }
}
