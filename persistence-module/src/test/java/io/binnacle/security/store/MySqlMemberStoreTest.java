package io.binnacle.security.store;

import io.binnacle.testing.MySqlDatabase;
import io.binnacle.testing.TestDatabase;

class MySqlMemberStoreTest extends MemberStoreContract {
  @Override
  protected TestDatabase open() {
    return MySqlDatabase.create();
  }
}
