package io.binnacle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcDataSource;

/** The embedded database in a file, with the very settings of {@code server.xml}. */
public final class H2Database extends TestDatabase {
  private static final Path SERVER_XML = Path.of("..", "server.xml");
  private static final Pattern DEFAULT_URL =
      Pattern.compile("name=\"db\\.url\" defaultValue=\"jdbc:h2:file:[^;\"]*([^\"]*)\"");

  /** H2 closes a database with its last connection; opening it again costs more than a test. */
  private final Connection open;

  private final Path directory;

  private H2Database(JdbcDataSource connections, Connection open, Path directory) {
    super(connections);
    this.open = open;
    this.directory = directory;
  }

  /** Makes an empty database in a temporary directory. */
  public static H2Database create() {
    try {
      Path directory = Files.createTempDirectory("binnacle-h2");
      JdbcDataSource connections = new JdbcDataSource();
      connections.setURL(url(directory));
      connections.setUser("sa");
      connections.setPassword("");
      return new H2Database(connections, connections.getConnection(), directory);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("The embedded database can't be opened", e);
    }
  }

  /** The address of a database in a directory, there or to be made by its first connection. */
  public static String url(Path directory) {
    return "jdbc:h2:file:" + directory.resolve("binnacle") + settings();
  }

  private static String settings() {
    try {
      Matcher url = DEFAULT_URL.matcher(Files.readString(SERVER_XML));
      if (!url.find()) {
        throw new IllegalStateException(SERVER_XML + " names no URL of H2");
      }
      return url.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    super.close();
    try {
      open.close();
      Directories.delete(directory);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("The embedded database can't be closed", e);
    }
  }
}
