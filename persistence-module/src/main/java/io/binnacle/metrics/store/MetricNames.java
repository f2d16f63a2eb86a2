package io.binnacle.metrics.store;

import io.binnacle.platform.store.StoreException;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The names of the metrics of runs. */
@ApplicationScoped
public class MetricNames {
  /** Names asked for in one statement. */
  private static final int CHUNK = 500;

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public MetricNames() {}

  /** For use outside a container. */
  public MetricNames(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The ids of those names that the run has. */
  public Map<String, Long> find(ProjectScope scope, long runKey, Collection<String> names) {
    List<String> wanted = List.copyOf(names);
    Map<String, Long> ids = new HashMap<>();
    try (Connection connection = dataSource.getConnection()) {
      for (int from = 0; from < wanted.size(); from += CHUNK) {
        List<String> chunk = wanted.subList(from, Math.min(wanted.size(), from + CHUNK));
        read(connection, scope, runKey, chunk, ids);
      }
      return ids;
    } catch (SQLException e) {
      throw new StoreException("The names of metrics can't be read", e);
    }
  }

  /** The id of one name. */
  public Optional<Long> find(ProjectScope scope, long runKey, String name) {
    return Optional.ofNullable(find(scope, runKey, List.of(name)).get(name));
  }

  /** How many names the run has. */
  public int count(ProjectScope scope, long runKey) {
    String sql = "select count(*) from metric_name where project_id = ? and run_key = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, scope.projectId());
      statement.setLong(2, runKey);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new StoreException("The names of metrics can't be counted", e);
    }
  }

  /**
   * Adds names; the run is locked, so nobody else does.
   *
   * @param names with the ids they get
   */
  public void add(ProjectScope scope, long runKey, Map<String, Long> names) {
    String sql = "insert into metric_name (id, project_id, run_key, name) values (?, ?, ?, ?)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<String, Long> name : names.entrySet()) {
        statement.setLong(1, name.getValue());
        statement.setLong(2, scope.projectId());
        statement.setLong(3, runKey);
        statement.setString(4, name.getKey());
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new StoreException("The names of metrics can't be written", e);
    }
  }

  /** Removes names of a run, so many at most; returns how many. */
  public int remove(ProjectScope scope, long runKey, int limit) {
    String sql = "delete from metric_name where project_id = ? and run_key = ? limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, scope.projectId());
      statement.setLong(2, runKey);
      statement.setInt(3, limit);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The names of metrics can't be removed", e);
    }
  }

  private static void read(
      Connection connection,
      ProjectScope scope,
      long runKey,
      List<String> names,
      Map<String, Long> ids)
      throws SQLException {
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    String sql =
        "select name, id from metric_name where project_id = ? and run_key = ? and name in ("
            + marks
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, scope.projectId());
      statement.setLong(2, runKey);
      for (int i = 0; i < names.size(); i++) {
        statement.setString(3 + i, names.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
  }
}
