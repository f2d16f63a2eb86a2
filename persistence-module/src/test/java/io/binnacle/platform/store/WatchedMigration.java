package io.binnacle.platform.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** A migration as a server does it, which tells of each statement that has changed something. */
final class WatchedMigration implements Callback {
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?is)\\A(?:\\s|--[^\\n]*\\n)*"
              + "(?:create|alter|drop|update|insert|delete|replace|execute)\\b.*");

  private final String url;
  private final Rows rows;
  private final Watcher watcher;
  private @Nullable String version;
  private int statement;

  /** What the tables hold when the next migration begins. */
  enum Rows {
    NONE,
    SOME
  }

  /** Hears of changes in the thread that makes them, before anything else is done. */
  interface Watcher {
    /**
     * A statement was executed.
     *
     * @param version of the migration
     * @param statement its number in the migration, from 1; the last one notes the end
     */
    void changed(String version, int statement);
  }

  private WatchedMigration(String url, Rows rows, Watcher watcher) {
    this.url = url;
    this.rows = rows;
    this.watcher = watcher;
  }

  /** Migrates to the newest version. */
  static void migrate(String url, Rows rows, Watcher watcher) {
    WatchedMigration migration = new WatchedMigration(url, rows, watcher);
    FluentConfiguration flyway = Schema.of(migration.dataSource());
    // Last, so that what a cut migration left is gone when the tables are filled.
    flyway
        .callbacks(
            Stream.concat(Arrays.stream(flyway.getCallbacks()), Stream.of(migration))
                .toArray(Callback[]::new))
        .load()
        .migrate();
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public String getCallbackName() {
    return "watched-migration";
  }

  @Override
  public void handle(Event event, Context context) {
    version = null;
    if (rows == Rows.SOME) {
      Tables.fillEmpty(context.getConnection());
    }
    version = context.getMigrationInfo().getVersion().getVersion();
    statement = 0;
  }

  private void executed(String sql) {
    if (version != null && CHANGE.matcher(sql).matches()) {
      watcher.changed(version, ++statement);
    }
  }

  private DataSource dataSource() {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("getConnection")) {
            throw new UnsupportedOperationException(method.getName());
          }
          return watched(DriverManager.getConnection(url));
        });
  }

  private Connection watched(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = call(connection, method, arguments);
          return result instanceof Statement made
              ? watched(made, method.getReturnType(), arguments)
              : result;
        });
  }

  private Object watched(Statement made, Class<?> type, Object @Nullable [] prepared) {
    return proxy(
        type,
        (proxy, method, arguments) -> {
          Object result = call(made, method, arguments);
          if (method.getName().startsWith("execute")) {
            Object[] sql = arguments == null ? prepared : arguments;
            executed(sql == null ? "" : (String) sql[0]);
          }
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            WatchedMigration.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
