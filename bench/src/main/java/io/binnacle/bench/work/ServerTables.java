package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.server.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into the server's own tables: MySQL's at any time, H2's when the server has stopped. */
final class ServerTables {
  /** Reads a row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private ServerTables() {}

  static <T> List<T> query(Bench bench, String sql, Reader<T> reader) {
    Database database = bench.databases().database();
    String url =
        database.embedded()
            ? Database.embeddedUrl(bench.server().data().resolve("db/binnacle"))
            : database.serverEnvironment().get("DB_URL");
    try (Connection connection =
            DriverManager.getConnection(url, database.rowsUser(), database.rowsPassword());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
