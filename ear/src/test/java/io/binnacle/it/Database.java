package io.binnacle.it;

import io.binnacle.testing.MySqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/** The database that this run of the tests is about: {@code -Dbinnacle.it.database=h2|mysql}. */
final class Database {
  private Database() {}

  /** The variables of a server on a database of its own. */
  static Map<String, String> fresh() {
    return System.getProperty("binnacle.it.database", "h2").equals("mysql")
        ? freshMySql()
        : Map.of();
  }

  /** The variables of a server on a MySQL schema of its own. */
  static Map<String, String> freshMySql() {
    return freshMySql(MySqlServer.shared().url());
  }

  /**
   * The variables of a server on a schema of its own.
   *
   * @param url a MySQL server, with user and password
   */
  static Map<String, String> freshMySql(String url) {
    String schema = "it_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + schema);
    } catch (SQLException e) {
      throw new IllegalStateException("No schema could be made on MySQL", e);
    }
    int query = url.indexOf('?');
    String server = query < 0 ? url : url.substring(0, query);
    String base = server.substring(0, server.indexOf('/', "jdbc:mysql://".length()) + 1);
    return Map.of(
        "DB_DRIVER",
        "mysqlDriver",
        "DB_URL",
        base
            + schema
            + "?rewriteBatchedStatements=true&useServerPrepStmts=true&useLocalSessionState=true&allowPublicKeyRetrieval=true"
            + "&connectTimeout=10000&socketTimeout=120000",
        "DB_USER",
        parameter(url, "user"),
        "DB_PASSWORD",
        parameter(url, "password"));
  }

  private static String parameter(String url, String name) {
    for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }
}
