package io.binnacle.bench.work;

import io.binnacle.bench.server.Database;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives stores, which get and close a connection for each statement, the one connection of a
 * transaction, as the container does.
 */
final class StoreTransaction implements AutoCloseable {
  private final Connection connection;
  private final boolean checkpoint;

  StoreTransaction(Database database) throws SQLException {
    connection =
        DriverManager.getConnection(
            database.rowsUrl(), database.rowsUser(), database.rowsPassword());
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    checkpoint = database.embedded();
  }

  /** A data source whose only connection stays open. */
  DataSource dataSource() {
    Connection unclosable =
        proxy(
            Connection.class,
            (self, method, arguments) ->
                method.getName().equals("close") ? null : invoke(method, arguments));
    return proxy(DataSource.class, (self, method, arguments) -> unclosable);
  }

  private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Commits to the disk, as the server does. */
  void commit() throws SQLException {
    connection.commit();
    if (checkpoint) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("checkpoint sync");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
