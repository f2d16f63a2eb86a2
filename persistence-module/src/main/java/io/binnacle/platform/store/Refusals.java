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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The one counter of everything that was refused, truncated, dropped or skipped. */
@ApplicationScoped
public class Refusals {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** Names a counter: one row, whatever is sent. */
  public record Counter(long projectId, String kind, String reason) implements Comparable<Counter> {
    private static final Comparator<Counter> ORDER =
        Comparator.comparingLong(Counter::projectId)
            .thenComparing(Counter::kind)
            .thenComparing(Counter::reason);

    @Override
    public int compareTo(Counter other) {
      return ORDER.compare(this, other);
    }
  }

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
          refusals.add(refusal(rows));
        }
      }
      return refusals;
    } catch (SQLException e) {
      throw new StoreException("Refusals can't be read", e);
    }
  }

  /** A counter and the project that it belongs to. */
  public record OfProject(long projectId, Refusal refusal) {}

  /**
   * The counters of many projects, the one that counted last first.
   *
   * @param visible the projects that may be shown; absent for all
   */
  public List<OfProject> newest(Optional<Set<Long>> visible, int limit) {
    List<Long> projects = visible.map(ids -> ids.stream().sorted().toList()).orElse(List.of());
    if (visible.isPresent() && projects.isEmpty()) {
      return List.of();
    }
    String sql =
        "select kind, reason, total, last_at, project_id from refusal"
            + (projects.isEmpty()
                ? ""
                : " where project_id in (" + "?, ".repeat(projects.size() - 1) + "?)")
            + " order by last_at desc, project_id, kind, reason limit "
            + limit;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < projects.size(); i++) {
        statement.setLong(i + 1, projects.get(i));
      }
      List<OfProject> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new OfProject(rows.getLong(5), refusal(rows)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new StoreException("Refusals can't be read", e);
    }
  }

  private static Refusal refusal(ResultSet row) throws SQLException {
    return new Refusal(
        row.getString(1), row.getString(2), row.getLong(3), Times.instant(row.getLong(4)));
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
