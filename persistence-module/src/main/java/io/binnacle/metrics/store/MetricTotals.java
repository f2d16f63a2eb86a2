package io.binnacle.metrics.store;

import io.binnacle.metrics.entity.MetricTotal;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What the older samples of metrics add up to. */
@ApplicationScoped
public class MetricTotals {
  /** Totals asked for in one statement. */
  private static final int CHUNK = 500;

  private static final RowWriter ROWS =
      new RowWriter(
          "replace into metric_total (run_key, name_id, project_id, through_step, fold_at,"
              + " sample_count, min_value, max_value)",
          8);

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public MetricTotals() {}

  /** For use outside a container. */
  public MetricTotals(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Totals of metrics of a run.
   *
   * @return by the id of the name, for those that have one
   */
  public Map<Long, MetricTotal> of(ProjectScope scope, long runKey, Collection<Long> nameIds) {
    List<Long> wanted = List.copyOf(nameIds);
    Map<Long, MetricTotal> found = new HashMap<>();
    for (int from = 0; from < wanted.size(); from += CHUNK) {
      read(scope, runKey, wanted.subList(from, Math.min(wanted.size(), from + CHUNK)), found);
    }
    return found;
  }

  private void read(
      ProjectScope scope, long runKey, List<Long> nameIds, Map<Long, MetricTotal> found) {
    String sql =
        "select name_id, through_step, fold_at, sample_count, min_value, max_value"
            + " from metric_total where run_key = ? and project_id = ? and name_id in ("
            + String.join(", ", Collections.nCopies(nameIds.size(), "?"))
            + ")";
    Object[] values =
        Stream.concat(Stream.of(runKey, scope.projectId()), nameIds.stream()).toArray();
    Sql.of(dataSource, sql, values)
        .each(
            row ->
                found.put(
                    row.getLong(1),
                    new MetricTotal(
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getObject(5, Double.class),
                        row.getObject(6, Double.class))));
  }

  /**
   * Writes totals in the place of those that are there; the run is locked, so nobody else does.
   *
   * @param totals by the id of the name
   */
  public void put(ProjectScope scope, long runKey, Map<Long, MetricTotal> totals) {
    ROWS.write(
        dataSource,
        List.copyOf(totals.entrySet()),
        (total, row) ->
            row.add(runKey)
                .add(total.getKey())
                .add(scope.projectId())
                .add(total.getValue().throughStep())
                .add(total.getValue().foldAt())
                .add(total.getValue().count())
                .add(total.getValue().min())
                .add(total.getValue().max()));
  }

  /** Removes totals of a run, so many at most; returns how many. */
  public int remove(ProjectScope scope, long runKey, int limit) {
    String sql = "delete from metric_total where run_key = ? and project_id = ? limit ?";
    return Sql.of(dataSource, sql, runKey, scope.projectId(), limit).change();
  }
}
