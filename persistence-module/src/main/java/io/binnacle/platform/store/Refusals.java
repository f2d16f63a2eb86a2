package io.binnacle.platform.store;

import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.entity.Times;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    if (Sql.of(dataSource, update, count, now, projectId, kind, reason).change() == 0) {
      Sql.of(dataSource, insert, count, now, projectId, kind, reason).change();
    }
  }

  /** The counters of a project. */
  public List<Refusal> of(ProjectScope scope) {
    String sql =
        "select kind, reason, total, last_at from refusal where project_id = ? order by kind, reason";
    return Sql.of(dataSource, sql, scope.projectId()).list(Refusals::refusal);
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
    return Sql.of(dataSource, sql, projects.toArray())
        .list(row -> new OfProject(row.getLong(5), refusal(row)));
  }

  private static Refusal refusal(ResultSet row) throws SQLException {
    return new Refusal(
        row.getString(1), row.getString(2), row.getLong(3), Times.instant(row.getLong(4)));
  }
}
