package io.binnacle.bench.server;

import java.nio.file.Path;
import java.util.Map;

/**
 * The database that a run measures.
 *
 * @param name how the report calls it
 * @param serverEnvironment the variables that point the server to it
 * @param rowsUrl JDBC URL of an empty schema of the same database for the row-per-line table
 * @param rowsUser its user
 * @param rowsPassword its password
 */
public record Database(
    String name,
    Map<String, String> serverEnvironment,
    String rowsUrl,
    String rowsUser,
    String rowsPassword) {

  private static final String H2_OPTIONS =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0";

  /** The URL of an embedded database with the options that the server sets. */
  public static String embeddedUrl(Path file) {
    return "jdbc:h2:file:" + file.toAbsolutePath() + H2_OPTIONS;
  }

  /** Whether it is the embedded one. */
  public boolean embedded() {
    return rowsUrl.startsWith("jdbc:h2:");
  }
}
