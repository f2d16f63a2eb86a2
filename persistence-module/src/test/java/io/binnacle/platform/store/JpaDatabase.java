package io.binnacle.platform.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** A migrated database with the application's entities, without a container. */
public final class JpaDatabase implements AutoCloseable {
  private static final String H2_OPTIONS =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1";

  /** Held, so that its level is not forgotten: Flyway tells every step of every migration. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  static {
    FLYWAY.setLevel(Level.WARNING);
  }

  private final EntityManagerFactory factory;
  private final EntityManager entities;

  private JpaDatabase(DataSource dataSource) {
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
    this.factory =
        Persistence.createEntityManagerFactory(
            "binnacle",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.nonJtaDataSource", dataSource,
                "eclipselink.logging.level", "WARNING"));
    this.entities = factory.createEntityManager();
  }

  /** A new, empty H2 database in memory. */
  public static JpaDatabase h2() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + H2_OPTIONS);
    return new JpaDatabase(dataSource);
  }

  /** An empty database of any kind. */
  public static JpaDatabase on(DataSource dataSource) {
    return new JpaDatabase(dataSource);
  }

  /** The entity manager for the stores under test. */
  public EntityManager entities() {
    return entities;
  }

  /** Does work in a transaction, which a thrown exception rolls back. */
  public <T> T inTransaction(Supplier<T> work) {
    entities.getTransaction().begin();
    try {
      T result = work.get();
      entities.getTransaction().commit();
      return result;
    } finally {
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.clear();
    }
  }

  /** Does work without a result in a transaction. */
  public void run(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public void close() {
    entities.close();
    factory.close();
  }
}
