package io.binnacle.metrics.store;

import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricSummary;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.StoreException;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The values of metrics. */
@ApplicationScoped
public class MetricSamples {
  /** Rows of one batch of a driver: above it only memory grows. */
  private static final int BATCH = 1_000;

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public MetricSamples() {}

  /** For use outside a container. */
  public MetricSamples(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** A value on its way to the database. */
  public record Row(long nameId, long step, double value, long time) {}

  /** One metric of a run: what all reads of samples begin with. */
  public record Series(ProjectScope scope, long runKey, long nameId, String name) {}

  /** The lowest and the highest step of a series. */
  public record Span(long first, long last) {}

  /** Writes values of a locked run; what was there for a name and step is replaced. */
  public void put(ProjectScope scope, long runKey, List<Row> rows) {
    // H2 takes ten times as long for "on duplicate key update" as for an update.
    String insert =
        "insert into metric_sample (number_value, special, recorded_at, run_key, name_id, step,"
            + " project_id) values (?, ?, ?, ?, ?, ?, ?)";
    String update =
        "update metric_sample set number_value = ?, special = ?, recorded_at = ?"
            + " where run_key = ? and name_id = ? and step = ? and project_id = ?";
    Map<Long, List<Row>> byName =
        rows.stream()
            .collect(Collectors.groupingBy(Row::nameId, TreeMap::new, Collectors.toList()));
    List<Row> fresh = new ArrayList<>();
    List<Row> known = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      for (List<Row> ofName : byName.values()) {
        Set<Long> steps = knownSteps(connection, runKey, ofName);
        ofName.forEach(row -> (steps.contains(row.step()) ? known : fresh).add(row));
      }
      write(connection, insert, scope, runKey, fresh);
      write(connection, update, scope, runKey, known);
    } catch (SQLException e) {
      throw new StoreException("Metrics can't be written", e);
    }
  }

  private static Set<Long> knownSteps(Connection connection, long runKey, List<Row> ofName)
      throws SQLException {
    LongSummaryStatistics span = ofName.stream().mapToLong(Row::step).summaryStatistics();
    String sql =
        "select step from metric_sample where run_key = ? and name_id = ? and step between ? and ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, runKey);
      statement.setLong(2, ofName.get(0).nameId());
      statement.setLong(3, span.getMin());
      statement.setLong(4, span.getMax());
      Set<Long> steps = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          steps.add(row.getLong(1));
        }
      }
      return steps;
    }
  }

  private static void write(
      Connection connection, String sql, ProjectScope scope, long runKey, List<Row> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int pending = 0;
      for (Row row : rows) {
        StoredNumber.bind(statement, 1, row.value());
        statement.setLong(3, row.time());
        statement.setLong(4, runKey);
        statement.setLong(5, row.nameId());
        statement.setLong(6, row.step());
        statement.setLong(7, scope.projectId());
        statement.addBatch();
        if (++pending == BATCH) {
          statement.executeBatch();
          pending = 0;
        }
      }
      if (pending > 0) {
        statement.executeBatch();
      }
    }
  }

  /** Values in the order of their steps, beginning at one. */
  public List<MetricSample> from(Series series, long step, int limit) {
    String sql =
        "select step, number_value, special, recorded_at from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step >= ?"
            + " order by step limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, series, step);
      statement.setInt(5, limit);
      List<MetricSample> samples = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          samples.add(
              new MetricSample(
                  series.name(),
                  row.getLong(1),
                  StoredNumber.read(row, 2),
                  Times.instant(row.getLong(4))));
        }
      }
      return samples;
    } catch (SQLException e) {
      throw new StoreException("Metrics can't be read", e);
    }
  }

  /** How many values there are at a step and above. */
  public long count(Series series, long step) {
    String sql =
        "select count(*) from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step >= ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, series, step);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new StoreException("Metrics can't be counted", e);
    }
  }

  /** Where the values at a step and above begin and end; null when there are none. */
  public @Nullable Span span(Series series, long step) {
    String sql =
        "select min(step), max(step) from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step >= ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, series, step);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long first = row.getLong(1);
        return row.wasNull() ? null : new Span(first, row.getLong(2));
      }
    } catch (SQLException e) {
      throw new StoreException("Metrics can't be read", e);
    }
  }

  /** The metrics of a run in numbers, by name. */
  public List<MetricSummary> summaries(ProjectScope scope, long runKey) {
    // The last values are looked up one by one: H2 would sum up everything again for each of them.
    String totals =
        "select n.name, s.name_id, count(*), min(s.number_value), max(s.number_value), max(s.step)"
            + " from metric_sample s join metric_name n on n.id = s.name_id"
            + " where s.run_key = ? and s.project_id = ? group by s.name_id, n.name order by n.name";
    String last =
        "select number_value, special from metric_sample"
            + " where run_key = ? and name_id = ? and step = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(totals);
        PreparedStatement lookUp = connection.prepareStatement(last)) {
      statement.setLong(1, runKey);
      statement.setLong(2, scope.projectId());
      lookUp.setLong(1, runKey);
      List<MetricSummary> summaries = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long lastStep = row.getLong(6);
          summaries.add(
              new MetricSummary(
                  row.getString(1),
                  row.getLong(3),
                  value(lookUp, row.getLong(2), lastStep),
                  number(row, 4),
                  number(row, 5),
                  lastStep));
        }
      }
      return summaries;
    } catch (SQLException e) {
      throw new StoreException("Metrics can't be summed up", e);
    }
  }

  private static double value(PreparedStatement lookUp, long nameId, long step)
      throws SQLException {
    lookUp.setLong(2, nameId);
    lookUp.setLong(3, step);
    try (ResultSet row = lookUp.executeQuery()) {
      row.next();
      return StoredNumber.read(row, 1);
    }
  }

  /** Removes values of a run, so many at most; returns how many. */
  public int remove(ProjectScope scope, long runKey, int limit) {
    String sql = "delete from metric_sample where run_key = ? and project_id = ? limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, runKey);
      statement.setLong(2, scope.projectId());
      statement.setInt(3, limit);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("Metrics can't be removed", e);
    }
  }

  private static void bind(PreparedStatement statement, Series series, long step)
      throws SQLException {
    statement.setLong(1, series.runKey());
    statement.setLong(2, series.nameId());
    statement.setLong(3, series.scope().projectId());
    statement.setLong(4, step);
  }

  private static @Nullable Double number(ResultSet row, int index) throws SQLException {
    double number = row.getDouble(index);
    return row.wasNull() ? null : number;
  }
}
