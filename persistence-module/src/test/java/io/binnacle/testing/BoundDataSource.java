package io.binnacle.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives stores the connection of the thread's transaction, as a server's data source does; closing
 * it does nothing until the transaction ends. Outside a transaction every statement is its own.
 */
final class BoundDataSource implements DataSource {
  private final DataSource connections;
  private final ThreadLocal<@Nullable Connection> bound = new ThreadLocal<>();

  BoundDataSource(DataSource connections) {
    this.connections = connections;
  }

  void bind(Connection connection) {
    bound.set(kept(connection));
  }

  void release() {
    bound.remove();
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection ours = bound.get();
    return ours == null ? connections.getConnection() : ours;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return connections.getConnection(user, password);
  }

  private static Connection kept(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return connections.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return connections.isWrapperFor(type);
  }
}
