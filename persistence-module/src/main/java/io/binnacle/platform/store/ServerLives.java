package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The register of server starts. Each start is a life with a number of its own: it tells the keys
 * and the commit feeds of servers apart, and no number ever comes back.
 */
@ApplicationScoped
public class ServerLives {
  /**
   * Nanoseconds since 1970 by the database's clock, which all servers share: with their own, a
   * server whose clock is slow would look dead to the others.
   */
  private static final String NOW = "1000000000 * cast(unix_timestamp() as decimal(20))";

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public ServerLives() {}

  /** For use outside a container. */
  public ServerLives(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Registers a start and returns its number. Two servers that start together collide on the key;
   * the loser gets an {@link SQLIntegrityConstraintViolationException} inside and tries again.
   *
   * @param now nanoseconds since 1970; only written down, for people
   */
  public long begin(String host, long now) {
    try (Connection connection = dataSource.getConnection()) {
      while (true) {
        long number = highest(connection) + 1;
        if (insert(connection, number, host, now)) {
          return number;
        }
      }
    } catch (SQLException e) {
      throw new StoreException("A server life can't be registered", e);
    }
  }

  /** Notes that a life goes on. */
  public void seen(long number) {
    String sql = "update server_life set seen_at = " + NOW + " where number = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, number);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("A server life can't be prolonged", e);
    }
  }

  /**
   * The numbers of all lives that were seen lately, in rising order.
   *
   * @param nanos how long ago at most, to the second
   */
  public List<Long> seenWithin(long nanos) {
    String sql = "select number from server_life where seen_at >= " + NOW + " - ? order by number";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, nanos);
      List<Long> numbers = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
      }
      return numbers;
    } catch (SQLException e) {
      throw new StoreException("Server lives can't be read", e);
    }
  }

  private static long highest(Connection connection) throws SQLException {
    String sql = "select coalesce(max(number), 0) from server_life";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static boolean insert(Connection connection, long number, String host, long now)
      throws SQLException {
    String sql =
        "insert into server_life (number, host, started_at, seen_at) values (?, ?, ?, " + NOW + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, number);
      statement.setString(2, host);
      statement.setLong(3, now);
      statement.executeUpdate();
      return true;
    } catch (SQLIntegrityConstraintViolationException e) {
      return false;
    }
  }
}
