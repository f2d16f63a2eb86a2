package io.binnacle.metrics.store;

import io.binnacle.metrics.entity.MetricRest;
import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricTotal;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The values of metrics. */
@ApplicationScoped
public class MetricSamples {
  /** Metrics asked for in one statement. */
  private static final int CHUNK = 100;

  private static final RowWriter ROWS =
      new RowWriter(
          "replace into metric_sample (number_value, special, recorded_at, run_key, name_id, step,"
              + " project_id)",
          7);

  /** In the order of the whole key: H2 reads an index in its order only for all of its columns. */
  static final String FROM =
      "select step, number_value, special, recorded_at from metric_sample"
          + " where run_key = ? and name_id = ? and project_id = ? and step >= ?"
          + " order by run_key, name_id, step limit ?";

  static final String LAST =
      "select step, number_value, special, recorded_at from metric_sample"
          + " where run_key = ? and name_id = ? and project_id = ?"
          + " order by run_key desc, name_id desc, step desc limit 1";

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

  /** Writes values of a run; what was there for a name and step is replaced. */
  public void put(ProjectScope scope, long runKey, List<Row> rows) {
    ROWS.write(
        dataSource,
        rows,
        (row, to) ->
            StoredNumber.add(to, row.value())
                .add(row.time())
                .add(runKey)
                .add(row.nameId())
                .add(row.step())
                .add(scope.projectId()));
  }

  /** Values in the order of their steps, beginning at one. */
  public List<MetricSample> from(Series series, long step, int limit) {
    return query(FROM, series, step, limit).list(row -> sample(series, row));
  }

  private static MetricSample sample(Series series, ResultSet row) throws SQLException {
    return new MetricSample(
        series.name(), row.getLong(1), StoredNumber.read(row, 2), Times.instant(row.getLong(4)));
  }

  /** How many values there are at a step and above. */
  public long count(Series series, long step) {
    String sql =
        "select count(*) from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step >= ?";
    return query(sql, series, step).number();
  }

  /** Adds to a total the values behind it, through a step. */
  public MetricTotal add(Series series, MetricTotal total, long throughStep) {
    String sql =
        "select count(*), min(number_value), max(number_value) from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step > ? and step <= ?";
    return query(sql, series, total.throughStep(), throughStep)
        .first(
            row ->
                total.and(
                    row.getLong(1), row.getObject(2, Double.class), row.getObject(3, Double.class)))
        .orElse(total);
  }

  /** The value of the highest step; empty when there are none. */
  public Optional<MetricSample> last(Series series) {
    return query(LAST, series).first(row -> sample(series, row));
  }

  /**
   * What many metrics of a run add up to behind a step of each.
   *
   * @param steps by the id of the name
   * @return without those that have nothing behind their step
   */
  public Map<Long, MetricRest> behind(ProjectScope scope, long runKey, Map<Long, Long> steps) {
    Map<Long, MetricRest> rests = new HashMap<>();
    each(
        "select max(name_id), count(*), min(number_value), max(number_value), max(step)"
            + " from metric_sample where project_id = ? and run_key = ? and name_id = ? and step > ?",
        scope,
        runKey,
        steps,
        row -> {
          if (row.getLong(2) > 0) {
            rests.put(
                row.getLong(1),
                new MetricRest(
                    row.getLong(2),
                    row.getObject(3, Double.class),
                    row.getObject(4, Double.class),
                    row.getLong(5)));
          }
        });
    return rests;
  }

  /**
   * The values of many metrics of a run at a step of each.
   *
   * @param steps by the id of the name
   */
  public Map<Long, Double> at(ProjectScope scope, long runKey, Map<Long, Long> steps) {
    Map<Long, Double> values = new HashMap<>();
    each(
        "select name_id, number_value, special"
            + " from metric_sample where project_id = ? and run_key = ? and name_id = ? and step = ?",
        scope,
        runKey,
        steps,
        row -> values.put(row.getLong(1), StoredNumber.read(row, 2)));
    return values;
  }

  /** A statement of many parts: no database finds the steps of each metric by a join. */
  private void each(
      String part, ProjectScope scope, long runKey, Map<Long, Long> steps, Sql.Visitor visitor) {
    List<Map.Entry<Long, Long>> all = List.copyOf(steps.entrySet());
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<Map.Entry<Long, Long>> some = all.subList(from, Math.min(all.size(), from + CHUNK));
      Object[] values =
          some.stream()
              .flatMap(step -> Stream.of(scope.projectId(), runKey, step.getKey(), step.getValue()))
              .toArray();
      Sql.of(dataSource, String.join(" union all ", Collections.nCopies(some.size(), part)), values)
          .each(visitor);
    }
  }

  /** Removes values of a run, so many at most; returns how many. */
  public int remove(ProjectScope scope, long runKey, int limit) {
    String sql = "delete from metric_sample where run_key = ? and project_id = ? limit ?";
    return Sql.of(dataSource, sql, runKey, scope.projectId(), limit).change();
  }

  private Sql query(String sql, Series series, Object... more) {
    Stream<Object> first = Stream.of(series.runKey(), series.nameId(), series.scope().projectId());
    return Sql.of(dataSource, sql, Stream.concat(first, Arrays.stream(more)).toArray());
  }
}
