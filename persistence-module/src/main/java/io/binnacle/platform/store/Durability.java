package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes a commit survive the loss of power. MySQL does so by itself; H2 writes a commit to the
 * operating system at once ({@code WRITE_DELAY=0}) but never forces it to the disk. The statement
 * holds everybody up for a moment, so it is for group commits, not for single rows.
 */
@ApplicationScoped
public class Durability {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  private volatile @Nullable Boolean embedded;

  /** For the container. */
  public Durability() {}

  /** For use outside a container. */
  public Durability(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private boolean isEmbedded() {
    Boolean known = embedded;
    if (known != null) {
      return known;
    }
    try (Connection connection = dataSource.getConnection()) {
      boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
      embedded = h2;
      return h2;
    } catch (SQLException e) {
      throw new StoreException("The database can't be asked for its name", e);
    }
  }

  /** The file of the embedded database; null for a server, and for a database in memory. */
  public @Nullable Path embeddedFile() {
    if (!isEmbedded()) {
      return null;
    }
    String path =
        Sql.of(dataSource, "select database_path()").first(row -> row.getString(1)).orElse(null);
    return path == null ? null : Path.of(path);
  }

  /** Forces what was committed to the disk; call it in a transaction of its own. */
  public void force() {
    if (!isEmbedded()) {
      return;
    }
    Sql.of(dataSource, "CHECKPOINT SYNC").change();
  }
}
