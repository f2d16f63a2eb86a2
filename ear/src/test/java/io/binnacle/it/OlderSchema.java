package io.binnacle.it;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;

/**
 * A database in the schema of an older version: it gets the rows of one of today, without what that
 * version had no place for.
 *
 * @param url its address
 * @param user who may change it
 * @param password of the user
 */
record OlderSchema(String url, String user, String password) {
  private static final String HISTORY = "flyway_schema_history";

  /** Held, so that its level is not forgotten: Flyway tells every step of every migration. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  static {
    FLYWAY.setLevel(Level.WARNING);
  }

  /** All versions, the oldest first. */
  List<String> versions() {
    return Arrays.stream(flyway("latest").info().all())
        .map(migration -> migration.getVersion().getVersion())
        .toList();
  }

  /** Migrates it to a version, or to {@code latest}. */
  void migrate(String version) {
    flyway(version).migrate();
  }

  /** Takes all rows of the tables and views of another database into tables that are empty. */
  void fillFrom(OlderSchema today) throws SQLException {
    try (Connection from = today.open();
        Connection to = open()) {
      Map<String, SortedSet<String>> there = columns(from);
      for (Map.Entry<String, SortedSet<String>> table : columns(to).entrySet()) {
        SortedSet<String> shared = new TreeSet<>(table.getValue());
        shared.retainAll(there.getOrDefault(table.getKey(), new TreeSet<>()));
        if (!shared.isEmpty()) {
          copy(from, to, table.getKey(), shared);
        }
      }
    }
  }

  private static void copy(Connection from, Connection to, String table, SortedSet<String> columns)
      throws SQLException {
    String names = String.join(", ", columns);
    String marks = ", ?".repeat(columns.size()).substring(2);
    try (Statement select = from.createStatement();
        ResultSet rows = select.executeQuery("select " + names + " from " + table);
        PreparedStatement insert =
            to.prepareStatement(
                "insert into " + table + " (" + names + ") values (" + marks + ")")) {
      while (rows.next()) {
        for (int i = 1; i <= columns.size(); i++) {
          insert.setObject(i, value(rows, i));
        }
        insert.executeUpdate();
      }
    }
  }

  /** The rows of every table, without some tables and {@code table.column}. */
  Map<String, SortedSet<String>> rows(List<String> without) throws SQLException {
    Map<String, SortedSet<String>> all = new TreeMap<>();
    try (Connection connection = open()) {
      for (Map.Entry<String, SortedSet<String>> table : columns(connection).entrySet()) {
        String name = table.getKey();
        SortedSet<String> wanted = table.getValue();
        wanted.removeIf(column -> without.contains(name + "." + column));
        if (!without.contains(name)) {
          String sql = "select " + String.join(", ", wanted) + " from " + name;
          all.put(name, query(connection, sql));
        }
      }
    }
    return all;
  }

  /** The rows that queries find, for each of them. */
  List<SortedSet<String>> query(List<String> queries) throws SQLException {
    List<SortedSet<String>> found = new ArrayList<>();
    try (Connection connection = open()) {
      for (String sql : queries) {
        found.add(query(connection, sql));
      }
    }
    return found;
  }

  private static SortedSet<String> query(Connection connection, String sql) throws SQLException {
    SortedSet<String> found = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData data = rows.getMetaData();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= data.getColumnCount(); i++) {
          Object value = value(rows, i);
          row.append(data.getColumnLabel(i)).append('=');
          row.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value).append(' ');
        }
        found.add(row.toString());
      }
    }
    return found;
  }

  /** Changes what only a server of long ago would have left. */
  void change(String sql) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Object value(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    return value instanceof Clob ? rows.getString(column) : value;
  }

  private static Map<String, SortedSet<String>> columns(Connection connection) throws SQLException {
    Map<String, SortedSet<String>> tables = new HashMap<>();
    try (ResultSet columns =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (columns.next()) {
        tables
            .computeIfAbsent(columns.getString("TABLE_NAME"), table -> new TreeSet<>())
            .add(columns.getString("COLUMN_NAME"));
      }
    }
    tables.remove(HISTORY);
    return tables;
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private Flyway flyway(String target) {
    String vendor = url.startsWith("jdbc:mysql:") ? "mysql" : "h2";
    return Flyway.configure()
        .dataSource(url, user, password)
        .locations("classpath:db/migration", "classpath:db/vendor/" + vendor)
        .cleanDisabled(false)
        .target(target)
        .load();
  }

  /** Removes everything. */
  void empty() {
    flyway("latest").clean();
  }
}
