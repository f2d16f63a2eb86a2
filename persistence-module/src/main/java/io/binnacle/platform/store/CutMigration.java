package io.binnacle.platform.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what a start that was killed left of a migration, so that the migration can begin
 * again: both databases commit every statement that makes a table at once. Called under Flyway's
 * lock, so that no other server is just making the tables. A script that changes what exists must
 * ask before each change; tables and indexes that it makes are seen to here.
 */
final class CutMigration implements Callback {
  private static final Pattern CREATED =
      Pattern.compile("(?im)^create\\s+(table|index)\\s+(\\w+)(?:\\s+on\\s+(\\w+))?");
  private static final Pattern REPLACED =
      Pattern.compile("(?im)^drop\\s+table\\s+if\\s+exists\\s+(\\w+)");

  private final ClassLoader scripts;
  private final List<String> locations;

  private record Made(String name, @Nullable String onTable) {}

  CutMigration(ClassLoader scripts, List<String> locations) {
    this.scripts = scripts;
    this.locations = locations;
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
    return "cut-migration";
  }

  @Override
  public void handle(Event event, Context context) {
    Connection connection = context.getConnection();
    String script = context.getMigrationInfo().getScript();
    try {
      for (Made made : lastFirst(read(script))) {
        if (made.onTable() == null) {
          removeTable(connection, made.name(), script);
        } else {
          removeIndex(connection, made.name(), made.onTable());
        }
      }
    } catch (SQLException e) {
      throw new StoreException("What was left of " + script + " can't be removed", e);
    }
  }

  private String read(String script) {
    for (String location : locations) {
      try (InputStream in = scripts.getResourceAsStream(location + "/" + script)) {
        if (in != null) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("There is no script " + script);
  }

  private static List<Made> lastFirst(String script) {
    List<String> replaced = new ArrayList<>();
    Matcher drop = REPLACED.matcher(script);
    while (drop.find()) {
      replaced.add(drop.group(1));
    }
    List<Made> made = new ArrayList<>();
    Matcher create = CREATED.matcher(script);
    while (create.find()) {
      if (!replaced.contains(create.group(2))) {
        made.add(new Made(create.group(2), create.group(3)));
      }
    }
    Collections.reverse(made);
    return made;
  }

  private static void removeTable(Connection connection, String table, String script)
      throws SQLException {
    if (!exists(connection, table)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      if (statement.executeQuery("select 1 from " + table + " limit 1").next()) {
        throw new IllegalStateException(
            script + " makes the table " + table + ", which exists and is not empty");
      }
      statement.execute("drop table " + table);
    }
  }

  private static void removeIndex(Connection connection, String index, String table)
      throws SQLException {
    if (!exists(connection, table) || !hasIndex(connection, index, table)) {
      return;
    }
    boolean mysql = connection.getMetaData().getDatabaseProductName().equals("MySQL");
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop index " + index + (mysql ? " on " + table : ""));
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), connection.getSchema(), table, null)) {
      while (tables.next()) {
        if (tables.getString("TABLE_NAME").equals(table)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean hasIndex(Connection connection, String index, String table)
      throws SQLException {
    try (ResultSet indexes =
        connection
            .getMetaData()
            .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
      while (indexes.next()) {
        if (index.equals(indexes.getString("INDEX_NAME"))) {
          return true;
        }
      }
      return false;
    }
  }
}
