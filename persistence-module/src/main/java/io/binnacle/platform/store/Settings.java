package io.binnacle.platform.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** What an admin sets at run time: rows, in force on every node as soon as it reads them again. */
@ApplicationScoped
public class Settings {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public Settings() {}

  /** For use outside a container. */
  public Settings(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The value of a setting, if an admin has set it. */
  public Optional<String> find(String name) {
    String sql = "select content from setting where name = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreException("The setting " + name + " can't be read", e);
    }
  }

  /** Sets a value. */
  public void put(String name, String value, long now) {
    try (Connection connection = dataSource.getConnection()) {
      if (!write(
          connection,
          "update setting set content = ?, changed_at = ? where name = ?",
          name,
          value,
          now)) {
        write(
            connection,
            "insert into setting (content, changed_at, name) values (?, ?, ?)",
            name,
            value,
            now);
      }
    } catch (SQLException e) {
      throw new StoreException("The setting " + name + " can't be written", e);
    }
  }

  private static boolean write(
      Connection connection, String sql, String name, String value, long now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      statement.setLong(2, now);
      statement.setString(3, name);
      return statement.executeUpdate() == 1;
    }
  }
}
