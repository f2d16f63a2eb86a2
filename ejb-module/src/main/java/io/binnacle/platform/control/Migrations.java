package io.binnacle.platform.control;

import io.binnacle.platform.control.log.StartFailure;
import io.binnacle.platform.store.Schema;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the schema up to date before anything else starts; every other start-up bean depends on
 * this one. Flyway locks its history table, so servers that start together migrate once.
 */
@Singleton
@Startup
@DependsOn("ApplicationLog")
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {
  private static final Logger LOG = System.getLogger(Migrations.class.getName());

  private static final Duration WAIT_FOR_DATABASE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  @PostConstruct
  void migrate() {
    Flyway flyway =
        new DatabaseWait(WAIT_FOR_DATABASE, PAUSE).until(() -> Schema.of(dataSource).load());
    MigrateResult result = migrate(flyway);
    // On Liberty Flyway finds nothing, and only warns, when the marker files are missing.
    if (flyway.info().current() == null) {
      throw new IllegalStateException("No schema migration was found in the application");
    }
    LOG.log(
        Level.INFO,
        "Schema at version {0} after {1} migrations",
        flyway.info().current().getVersion(),
        result.migrationsExecuted);
    if (Schema.waitsForEver(dataSource)) {
      LOG.log(
          Level.WARNING,
          "DB_URL names no socketTimeout: requests hang when the host of the database goes silent");
    }
  }

  private static MigrateResult migrate(Flyway flyway) {
    try {
      return flyway.migrate();
    } catch (FlywayException e) {
      LOG.log(Level.ERROR, "The migration failed", e);
      throw StartFailure.because(
          "The tables can't be brought up to date: " + DatabaseTrouble.reason(e) + ".");
    }
  }
}
