package io.binnacle.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All tables of a database but Flyway's own: how they are made, and what is in them. */
final class Tables {
  private static final String HISTORY = "flyway_schema_history";
  private static final int ROWS = 3;

  private Tables() {}

  private record Column(String name, int type) {
    /** A value that is another one in every row, and small enough for every column. */
    Object value(int row) {
      return switch (type) {
        case Types.BIT, Types.BOOLEAN -> row % 2 == 0;
        case Types.DOUBLE -> row / 4.0;
        case Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> new byte[] {1, (byte) row};
        case Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> "row " + row;
        // Lines behind the mark of what is purged: those are what later versions count.
        default -> name.equals("purged_through") ? 0 : row;
      };
    }
  }

  /** Puts rows into every table that has none. */
  static void fillEmpty(Connection connection) {
    try {
      for (String table : names(connection)) {
        if (rows(connection, table).isEmpty()) {
          fill(connection, table, columns(connection, table));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fill(Connection connection, String table, List<Column> columns)
      throws SQLException {
    String names = String.join(", ", columns.stream().map(Column::name).toList());
    String marks = ", ?".repeat(columns.size()).substring(2);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into " + table + " (" + names + ") values (" + marks + ")")) {
      for (int row = 1; row <= ROWS; row++) {
        for (int i = 0; i < columns.size(); i++) {
          insert.setObject(i + 1, columns.get(i).value(row));
        }
        insert.executeUpdate();
      }
    }
  }

  /** Every row of every table. */
  static SortedSet<String> contents(Connection connection) throws SQLException {
    SortedSet<String> contents = new TreeSet<>();
    for (String table : names(connection)) {
      for (String row : rows(connection, table)) {
        contents.add(table + " " + row);
      }
    }
    return contents;
  }

  private static List<String> rows(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + table)) {
      ResultSetMetaData data = rows.getMetaData();
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= data.getColumnCount(); i++) {
          Object value = rows.getObject(i);
          row.append(data.getColumnLabel(i)).append('=');
          row.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value).append(' ');
        }
        found.add(row.toString());
      }
      return found;
    }
  }

  private static SortedSet<String> names(Connection connection) throws SQLException {
    SortedSet<String> names = new TreeSet<>();
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
      while (tables.next()) {
        names.add(tables.getString("TABLE_NAME"));
      }
    }
    names.remove(HISTORY);
    return names;
  }

  private static List<Column> columns(Connection connection, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), table, "%")) {
      while (found.next()) {
        columns.add(new Column(found.getString("COLUMN_NAME"), found.getInt("DATA_TYPE")));
      }
    }
    return columns;
  }

  /** Every column and every index. */
  static SortedSet<String> shape(Connection connection) throws SQLException {
    SortedSet<String> shape = new TreeSet<>();
    String sql =
        "select table_name, ordinal_position, column_name, data_type, character_maximum_length,"
            + " numeric_precision, is_nullable, column_default, collation_name"
            + " from information_schema.columns where table_schema = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      String schema = connection.getSchema();
      select.setString(1, schema == null ? connection.getCatalog() : schema);
      try (ResultSet columns = select.executeQuery()) {
        while (columns.next()) {
          StringBuilder column = new StringBuilder();
          for (int i = 1; i <= 9; i++) {
            column.append(columns.getString(i)).append(' ');
          }
          shape.add(column.toString());
        }
      }
    }
    for (String table : names(connection)) {
      indexes(connection, table, shape);
    }
    return shape;
  }

  private static void indexes(Connection connection, String table, SortedSet<String> shape)
      throws SQLException {
    try (ResultSet indexes =
        connection
            .getMetaData()
            .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
      while (indexes.next()) {
        shape.add(
            String.join(
                " ",
                table,
                givenName(indexes.getString("INDEX_NAME")),
                indexes.getString("NON_UNIQUE"),
                indexes.getString("ORDINAL_POSITION"),
                indexes.getString("COLUMN_NAME"),
                indexes.getString("ASC_OR_DESC")));
      }
    }
  }

  /** Without what H2 adds by chance. */
  private static String givenName(String index) {
    return index.replaceFirst("(PRIMARY_KEY|_INDEX)_\\w+$", "$1");
  }
}
