package io.binnacle.testing;

import io.binnacle.platform.store.Schema;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A migrated database of its own for one test class, without a container. As on the server, the
 * stores that use JDBC and those that use JPA share the connection of a transaction.
 */
public abstract class TestDatabase implements AutoCloseable {
  /** Held, so that its level is not forgotten: Flyway tells every step of every migration. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  static {
    FLYWAY.setLevel(Level.WARNING);
  }

  private final BoundDataSource dataSource;
  private final EntityManagerFactory factory;
  private final EntityManager entities;

  /**
   * @param connections makes connections to an empty database
   */
  protected TestDatabase(DataSource connections) {
    this.dataSource = new BoundDataSource(connections);
    migrate();
    this.factory =
        Persistence.createEntityManagerFactory(
            "binnacle",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.nonJtaDataSource", connections,
                "eclipselink.logging.level", "SEVERE"));
    this.entities = factory.createEntityManager();
  }

  /** Migrates to the newest version, and tells how many steps that took. */
  public final int migrate() {
    return Schema.of(dataSource).load().migrate().migrationsExecuted;
  }

  /** For stores that use JDBC; inside a transaction it gives that transaction's connection. */
  public final DataSource dataSource() {
    return dataSource;
  }

  /** For stores that use JPA. */
  public final EntityManager entities() {
    return entities;
  }

  /** For a transaction of JPA beside that of {@link #inTransaction}; the caller closes it. */
  public final EntityManager newEntities() {
    return factory.createEntityManager();
  }

  /** Does work in a transaction, which a thrown exception rolls back. */
  public final <T> T inTransaction(Supplier<T> work) {
    entities.getTransaction().begin();
    dataSource.bind(entities.unwrap(Connection.class));
    try {
      T result = work.get();
      entities.getTransaction().commit();
      return result;
    } finally {
      dataSource.release();
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.clear();
    }
  }

  /** Does work without a result in a transaction. */
  public final void run(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return true;
        });
  }

  /** Does work of stores that use JDBC in a transaction of this thread's own. */
  public final void runBeside(Runnable work) {
    try (Connection own = dataSource.getConnection()) {
      own.setAutoCommit(false);
      dataSource.bind(own);
      try {
        work.run();
        own.commit();
      } finally {
        dataSource.release();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    entities.close();
    factory.close();
  }
}
