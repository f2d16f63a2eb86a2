package io.binnacle.metrics.store;

import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The names of the metrics of runs. */
@ApplicationScoped
public class MetricNames {
  /** Names asked for in one statement. */
  private static final int CHUNK = 500;

  private static final RowWriter ROWS =
      new RowWriter("insert into metric_name (id, project_id, run_key, name)", 4);

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
    for (int from = 0; from < wanted.size(); from += CHUNK) {
      read(scope, runKey, wanted.subList(from, Math.min(wanted.size(), from + CHUNK)), ids);
    }
    return ids;
  }

  /** The id of one name. */
  public Optional<Long> find(ProjectScope scope, long runKey, String name) {
    return Optional.ofNullable(find(scope, runKey, List.of(name)).get(name));
  }

  /**
   * Names of the run with their ids, in the order of the names.
   *
   * @param after they come behind this one; empty for the first
   */
  public Map<String, Long> behind(ProjectScope scope, long runKey, String after, int limit) {
    String sql =
        "select name, id from metric_name where project_id = ? and run_key = ? and name > ?"
            + " order by project_id, run_key, name limit ?";
    Map<String, Long> ids = new LinkedHashMap<>();
    Sql.of(dataSource, sql, scope.projectId(), runKey, after, limit)
        .each(row -> ids.put(row.getString(1), row.getLong(2)));
    return ids;
  }

  /** How many names the run has. */
  public int count(ProjectScope scope, long runKey) {
    String sql = "select count(*) from metric_name where project_id = ? and run_key = ?";
    return (int) Sql.of(dataSource, sql, scope.projectId(), runKey).number();
  }

  /**
   * Adds names; the run is locked, so nobody else does.
   *
   * @param names with the ids they get
   */
  public void add(ProjectScope scope, long runKey, Map<String, Long> names) {
    ROWS.write(
        dataSource,
        List.copyOf(names.entrySet()),
        (name, row) ->
            row.add(name.getValue()).add(scope.projectId()).add(runKey).add(name.getKey()));
  }

  /** Removes names of a run, so many at most; returns how many. */
  public int remove(ProjectScope scope, long runKey, int limit) {
    String sql = "delete from metric_name where project_id = ? and run_key = ? limit ?";
    return Sql.of(dataSource, sql, scope.projectId(), runKey, limit).change();
  }

  private void read(ProjectScope scope, long runKey, List<String> names, Map<String, Long> ids) {
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    String sql =
        "select name, id from metric_name where project_id = ? and run_key = ? and name in ("
            + marks
            + ")";
    Object[] values = Stream.concat(Stream.of(scope.projectId(), runKey), names.stream()).toArray();
    Sql.of(dataSource, sql, values).each(row -> ids.put(row.getString(1), row.getLong(2)));
  }
}
