package io.binnacle.bench.server;

import io.binnacle.testing.LocalMySql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prepares the database of a run. {@code BINNACLE_TEST_MYSQL_URL} (with user and password as
 * parameters, its account may create schemas) replaces the bundled MySQL.
 */
public final class Databases implements AutoCloseable {
  private static final String MYSQL_OPTIONS =
      "rewriteBatchedStatements=true&useServerPrepStmts=true&useLocalSessionState=true&useSSL=false";
  private static final List<String> SCHEMAS = List.of("binnacle_bench", "binnacle_bench_rows");
  private final Database database;
  private final Optional<LocalMySql> mysql;
  private final Optional<String> foreignUrl;

  private Databases(Database database, Optional<LocalMySql> mysql, Optional<String> foreignUrl) {
    this.database = database;
    this.mysql = mysql;
    this.foreignUrl = foreignUrl;
  }

  /** The server's embedded default. */
  public static Databases embedded(Path directory) {
    String rows = Database.embeddedUrl(directory.resolve("rows"));
    return new Databases(
        new Database("H2", Map.of(), rows, "sa", ""), Optional.empty(), Optional.empty());
  }

  /** MySQL 8: the one that the environment names, or one of its own. */
  public static Databases mysql() {
    String foreign = System.getenv("BINNACLE_TEST_MYSQL_URL");
    if (foreign != null && !foreign.isBlank()) {
      return mysqlAt(foreign, Optional.empty(), Optional.of(foreign));
    }
    LocalMySql own = LocalMySql.startDurable();
    String url = own.url() + "&allowPublicKeyRetrieval=true";
    return mysqlAt(url, Optional.of(own), Optional.empty());
  }

  private static Databases mysqlAt(String url, Optional<LocalMySql> own, Optional<String> foreign) {
    dropSchemas(url);
    execute(url, SCHEMAS.stream().map(name -> "create database " + name).toList());
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("DB_DRIVER", "mysqlDriver");
    environment.put("DB_URL", schemaUrl(url, SCHEMAS.get(0)));
    environment.put("DB_USER", parameter(url, "user"));
    environment.put("DB_PASSWORD", parameter(url, "password"));
    Database database =
        new Database(
            "MySQL 8",
            environment,
            schemaUrl(url, SCHEMAS.get(1)),
            parameter(url, "user"),
            parameter(url, "password"));
    return new Databases(database, own, foreign);
  }

  /** The database that was prepared. */
  public Database database() {
    return database;
  }

  /** The MySQL process, if this run started one. */
  public Optional<ProcessHandle> process() {
    return mysql.map(LocalMySql::process);
  }

  private static String schemaUrl(String url, String schema) {
    int query = url.indexOf('?');
    String base = query < 0 ? url : url.substring(0, query);
    int slash = base.indexOf('/', base.indexOf("//") + 2);
    String server = slash < 0 ? base : base.substring(0, slash);
    return server + "/" + schema + "?allowPublicKeyRetrieval=true&" + MYSQL_OPTIONS;
  }

  private static String parameter(String url, String name) {
    for (String part : url.substring(url.indexOf('?') + 1).split("&")) {
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1);
      }
    }
    return "";
  }

  private static void dropSchemas(String url) {
    execute(url, SCHEMAS.stream().map(name -> "drop database if exists " + name).toList());
  }

  private static void execute(String url, List<String> statements) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    foreignUrl.ifPresent(Databases::dropSchemas);
    mysql.ifPresent(LocalMySql::close);
  }
}
