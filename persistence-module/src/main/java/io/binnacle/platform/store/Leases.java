package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import javax.sql.DataSource;

/**
 * Work that one server of several does at a time. A lease is a row that is updated only if nobody
 * else did since it was read; no lock is held. MySQL's SKIP LOCKED and GET_LOCK are not used: TiDB
 * accepts and ignores them.
 */
@ApplicationScoped
public class Leases {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public Leases() {}

  /** For use outside a container. */
  public Leases(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Takes or prolongs a lease.
   *
   * @param holder the server life that asks
   * @param now nanoseconds since 1970
   * @param nanos how long the lease holds
   * @return true when the holder has the lease until {@code now + nanos}
   */
  public boolean take(String name, long holder, long now, long nanos) {
    try (Connection connection = dataSource.getConnection()) {
      ensureRow(connection, name);
      return update(connection, name, holder, now, nanos);
    } catch (SQLException e) {
      throw new StoreException("The lease " + name + " can't be taken", e);
    }
  }

  private static void ensureRow(Connection connection, String name) throws SQLException {
    String select = "select 1 from lease where name = ?";
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          return;
        }
      }
    }
    String insert = "insert into lease (name, attempt, holder, held_until) values (?, 0, 0, 0)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, name);
      statement.executeUpdate();
    } catch (SQLIntegrityConstraintViolationException e) {
      // Another server made the row between the two statements: it is there, which is all we want.
      return;
    }
  }

  private static boolean update(
      Connection connection, String name, long holder, long now, long nanos) throws SQLException {
    String sql =
        "update lease set attempt = attempt + 1, holder = ?, held_until = ?"
            + " where name = ? and (holder = ? or held_until < ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, holder);
      statement.setLong(2, now + nanos);
      statement.setString(3, name);
      statement.setLong(4, holder);
      statement.setLong(5, now);
      return statement.executeUpdate() == 1;
    }
  }
}
