package io.binnacle.metrics.store;

import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricSummary;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The values of metrics. */
@ApplicationScoped
public class MetricSamples {
  private static final RowWriter ROWS =
      new RowWriter(
          "replace into metric_sample (number_value, special, recorded_at, run_key, name_id, step,"
              + " project_id)",
          7);

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
    String sql =
        "select step, number_value, special, recorded_at from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step >= ?"
            + " order by step limit ?";
    return query(sql, series, step, limit)
        .list(
            row ->
                new MetricSample(
                    series.name(),
                    row.getLong(1),
                    StoredNumber.read(row, 2),
                    Times.instant(row.getLong(4))));
  }

  /** How many values there are at a step and above. */
  public long count(Series series, long step) {
    String sql =
        "select count(*) from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step >= ?";
    return query(sql, series, step).number();
  }

  /** Where the values at a step and above begin and end; null when there are none. */
  public @Nullable Span span(Series series, long step) {
    String sql =
        "select min(step), max(step) from metric_sample"
            + " where run_key = ? and name_id = ? and project_id = ? and step >= ?"
            + " having count(*) > 0";
    return query(sql, series, step)
        .first(row -> new Span(row.getLong(1), row.getLong(2)))
        .orElse(null);
  }

  /** The metrics of a run in numbers, by name. */
  public List<MetricSummary> summaries(ProjectScope scope, long runKey) {
    // The last values are looked up one by one: H2 would sum up everything again for each of them.
    String totals =
        "select n.name, s.name_id, count(*), min(s.number_value), max(s.number_value), max(s.step)"
            + " from metric_sample s join metric_name n on n.id = s.name_id"
            + " where s.run_key = ? and s.project_id = ? group by s.name_id, n.name order by n.name";
    return Sql.of(dataSource, totals, runKey, scope.projectId())
        .list(
            row ->
                new MetricSummary(
                    row.getString(1),
                    row.getLong(3),
                    value(runKey, row.getLong(2), row.getLong(6)),
                    row.getObject(4, Double.class),
                    row.getObject(5, Double.class),
                    row.getLong(6)));
  }

  private double value(long runKey, long nameId, long step) {
    String sql =
        "select number_value, special from metric_sample"
            + " where run_key = ? and name_id = ? and step = ?";
    return Sql.of(dataSource, sql, runKey, nameId, step)
        .first(row -> StoredNumber.read(row, 1))
        .orElseThrow();
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
