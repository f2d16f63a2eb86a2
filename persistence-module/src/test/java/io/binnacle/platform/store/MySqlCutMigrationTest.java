package io.binnacle.platform.store;

import io.binnacle.testing.MySqlDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MySqlCutMigrationTest extends CutMigrationContract {
  private final List<String> schemas = new ArrayList<>();

  @Override
  protected String emptyDatabase() {
    String schema = MySqlDatabase.emptySchema();
    schemas.add(schema);
    return MySqlDatabase.url(schema);
  }

  @AfterEach
  void drop() {
    schemas.forEach(MySqlDatabase::drop);
  }
}
