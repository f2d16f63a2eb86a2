package io.binnacle.platform.store;

import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.entity.Times;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The one counter of everything that was refused, truncated, dropped or skipped. */
@ApplicationScoped
public class Refusals {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public Refusals() {}

  /** For use outside a container. */
  public Refusals(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Adds to a counter in the caller's transaction. The first count of a pair may collide with
   * another server's; the transaction is then retried by {@code ConflictRetry}.
   */
  public void add(long projectId, String kind, String reason, long count, long now) {
    String update =
        "update refusal set total = total + ?, last_at = ?"
            + " where project_id = ? and kind = ? and reason = ?";
    String insert =
        "insert into refusal (total, last_at, project_id, kind, reason) values (?, ?, ?, ?, ?)";
    try (Connection connection = dataSource.getConnection()) {
      if (!write(connection, update, projectId, kind, reason, count, now)) {
        write(connection, insert, projectId, kind, reason, count, now);
      }
    } catch (SQLException e) {
      throw new StoreException("Refusals can't be counted", e);
    }
  }

  /** The counters of a project. */
  public List<Refusal> of(ProjectScope scope) {
    String sql =
        "select kind, reason, total, last_at from refusal where project_id = ? order by kind, reason";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, scope.projectId());
      List<Refusal> refusals = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          refusals.add(
              new Refusal(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getLong(3),
                  Times.instant(rows.getLong(4))));
        }
      }
      return refusals;
    } catch (SQLException e) {
      throw new StoreException("Refusals can't be read", e);
    }
  }

  private static boolean write(
      Connection connection,
      String sql,
      long projectId,
      String kind,
      String reason,
      long count,
      long now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, count);
      statement.setLong(2, now);
      statement.setLong(3, projectId);
      statement.setString(4, kind);
      statement.setString(5, reason);
      return statement.executeUpdate() == 1;
    }
  }
}
