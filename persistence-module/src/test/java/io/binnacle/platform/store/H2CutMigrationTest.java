package io.binnacle.platform.store;

import io.binnacle.testing.H2Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2CutMigrationTest extends CutMigrationContract {
  @TempDir Path directory;
  private int made;

  @Override
  protected String emptyDatabase() {
    return H2Database.url(directory.resolve("d" + ++made)) + ";USER=sa;PASSWORD=";
  }
}
