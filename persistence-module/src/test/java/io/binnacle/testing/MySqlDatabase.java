package io.binnacle.testing;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;

/** A schema of its own on a real MySQL 8. */
public final class MySqlDatabase extends TestDatabase {
  private final String schema;

  private MySqlDatabase(String schema) {
    super(connections(schema));
    this.schema = schema;
  }

  /** Makes an empty schema, and the server when this JVM has none yet. */
  public static MySqlDatabase create() {
    return new MySqlDatabase(emptySchema());
  }

  /** Makes a schema without tables, and the server when this JVM has none yet; tells its name. */
  public static String emptySchema() {
    String schema = "t_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
    execute("create database " + schema);
    return schema;
  }

  /** The address of a schema, with user and password. */
  public static String url(String schema) {
    return connections(schema).getURL();
  }

  /** Removes a schema with all that is in it. */
  public static void drop(String schema) {
    execute("drop database " + schema);
  }

  private static MysqlDataSource connections(String schema) {
    MysqlDataSource connections = new MysqlDataSource();
    String url = MySqlServer.shared().url();
    int parameters = url.indexOf('?');
    String address = parameters < 0 ? url : url.substring(0, parameters);
    String given = parameters < 0 ? "" : url.substring(parameters + 1) + "&";
    String base = address.substring(0, address.indexOf('/', "jdbc:mysql://".length()) + 1);
    connections.setURL(
        base
            + schema
            + "?"
            + given
            + "rewriteBatchedStatements=true&useServerPrepStmts=true&sslMode=PREFERRED&allowPublicKeyRetrieval=true"
            + "&sessionVariables=transaction_isolation='READ-COMMITTED'");
    return connections;
  }

  private static void execute(String sql) {
    try (Connection connection = connections("").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " failed on MySQL", e);
    }
  }

  @Override
  public void close() {
    super.close();
    drop(schema);
  }
}
