package io.binnacle.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The tables of Binnacle. Scripts that hold on every database lie in {@code db/migration}, those
 * that must differ in {@code db/vendor/<database>}.
 */
public final class Schema {
  private Schema() {}

  /**
   * Flyway for a database, which makes migrations whole that were cut.
   *
   * @throws StoreException when the database can't be reached
   */
  public static FluentConfiguration of(DataSource dataSource) {
    List<String> locations = List.of("db/migration", "db/vendor/" + vendor(dataSource));
    // Flyway is a library of the application; on Liberty its own loader does not see the scripts.
    ClassLoader scripts = Thread.currentThread().getContextClassLoader();
    return Flyway.configure(scripts)
        .dataSource(dataSource)
        .locations(locations.stream().map("classpath:"::concat).toArray(String[]::new))
        .callbacks(new CutMigration(scripts, locations), new PatientMigration());
  }

  /**
   * Whether a statement waits for ever when the host of the database goes silent; never so for the
   * embedded one, which has no host.
   *
   * @throws StoreException when the database can't be reached
   */
  public static boolean waitsForEver(DataSource dataSource) {
    if (!vendor(dataSource).equals("mysql")) {
      return false;
    }
    try (Connection connection = dataSource.getConnection()) {
      return connection.getNetworkTimeout() == 0;
    } catch (SQLException e) {
      throw new StoreException("The database can't be reached", e);
    }
  }

  private static String vendor(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    } catch (SQLException e) {
      throw new StoreException("The database can't be reached", e);
    }
  }
}
