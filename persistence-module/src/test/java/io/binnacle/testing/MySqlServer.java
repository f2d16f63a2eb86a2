package io.binnacle.testing;

import org.jspecify.annotations.Nullable;

/**
 * The MySQL 8 of this JVM: started with the first test that needs it on a copy of an empty data
 * directory, and ended with the JVM. {@code BINNACLE_TEST_MYSQL_URL}, with user and password as
 * parameters, names another server instead; the account must be allowed to create databases.
 */
public final class MySqlServer {
  private static @Nullable MySqlServer shared;

  private final String url;

  private MySqlServer(String url) {
    this.url = url;
  }

  /** The server of this JVM. */
  public static synchronized MySqlServer shared() {
    MySqlServer server = shared;
    if (server == null) {
      String given = System.getenv("BINNACLE_TEST_MYSQL_URL");
      server = given == null || given.isBlank() ? start() : new MySqlServer(given);
      shared = server;
    }
    return server;
  }

  /** JDBC URL with user and password, without a schema. */
  public String url() {
    return url;
  }

  private static MySqlServer start() {
    LocalMySql server = LocalMySql.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return new MySqlServer(server.url());
  }
}
