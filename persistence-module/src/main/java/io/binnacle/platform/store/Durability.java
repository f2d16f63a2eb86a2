package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

  private volatile @Nullable Boolean forces;

  /** For the container. */
  public Durability() {}

  /** For use outside a container. */
  public Durability(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Forces what was committed to the disk; call it in a transaction of its own. */
  public void force() {
    Boolean known = forces;
    if (Boolean.FALSE.equals(known)) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      if (known == null) {
        known = connection.getMetaData().getDatabaseProductName().equals("H2");
        forces = known;
      }
      if (known) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("CHECKPOINT SYNC");
        }
      }
    } catch (SQLException e) {
      throw new StoreException("The commit can't be forced to the disk", e);
    }
  }
}
