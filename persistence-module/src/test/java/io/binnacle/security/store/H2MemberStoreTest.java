package io.binnacle.security.store;

import io.binnacle.testing.H2Database;
import io.binnacle.testing.TestDatabase;

class H2MemberStoreTest extends MemberStoreContract {
  @Override
  protected TestDatabase open() {
    return H2Database.create();
  }
}
