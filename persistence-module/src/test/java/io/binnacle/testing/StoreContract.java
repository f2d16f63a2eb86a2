package io.binnacle.testing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests that hold on every database; a subclass names one. All tests of a class share it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract {
  private TestDatabase database;

  /** Makes an empty, migrated database. */
  protected abstract TestDatabase open();

  /** Makes the stores, and what all tests share. */
  protected abstract void prepare(TestDatabase empty);

  /** The database of this class. */
  protected final TestDatabase database() {
    return database;
  }

  @BeforeAll
  final void openDatabase() {
    database = open();
    prepare(database);
  }

  @AfterAll
  final void closeDatabase() {
    database.close();
  }
}
