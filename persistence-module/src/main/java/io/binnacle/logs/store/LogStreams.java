package io.binnacle.logs.store;

import io.binnacle.logs.entity.DescribedStream;
import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.entity.StreamDescription;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The streams of runs and services. */
@ApplicationScoped
public class LogStreams {
  private static final String COLUMNS =
      "select id, project_id, owner_kind, owner_id, name, next_line, purged_through, created_at,"
          + " deleted_at";

  private static final String STREAMS = COLUMNS + " from log_stream";

  private static final String DESCRIBED =
      COLUMNS + ", labels, release_name, environment, service_name from log_stream";

  private static final String OF_OWNER =
      " where project_id = ? and owner_id = ? and deleted_at is null order by id";

  /** Streams of one statement: each row is compared with up to so many. */
  private static final int MOST_ADVANCES = 16;

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public LogStreams() {}

  /** For use outside a container. */
  public LogStreams(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The streams of an owner, in the order of their making. */
  public List<LogStream> of(ProjectScope scope, LogOwner owner) {
    return query(STREAMS + OF_OWNER, scope.projectId(), owner.id());
  }

  /** The streams of an owner with what they say of themselves, in the order of their making. */
  public List<DescribedStream> described(ProjectScope scope, LogOwner owner) {
    return Sql.of(dataSource, DESCRIBED + OF_OWNER, scope.projectId(), owner.id())
        .list(LogStreams::described);
  }

  /** How many streams an owner has. */
  public long count(ProjectScope scope, LogOwner owner) {
    String sql =
        "select count(*) from log_stream"
            + " where project_id = ? and owner_id = ? and deleted_at is null";
    return Sql.of(dataSource, sql, scope.projectId(), owner.id()).number();
  }

  /** A stream by its name. */
  public Optional<DescribedStream> find(ProjectScope scope, LogOwner owner, String name) {
    String sql = DESCRIBED + " where project_id = ? and owner_id = ? and name = ?";
    return Sql.of(dataSource, sql, scope.projectId(), owner.id(), name)
        .first(LogStreams::described);
  }

  /** Makes a stream. A concurrent twin collides on the name, and the transaction is retried. */
  public void create(LogStream stream, StreamDescription description) {
    String sql =
        "insert into log_stream (id, project_id, owner_kind, owner_id, name, labels, release_name,"
            + " environment, service_name, next_line, purged_through, created_at, garbage)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)";
    change(
        sql,
        stream.id(),
        stream.projectId(),
        stream.owner().kind().name(),
        stream.owner().id(),
        stream.name(),
        description.labels(),
        description.release(),
        description.environment(),
        description.service(),
        stream.nextLine(),
        stream.purgedThrough(),
        stream.createdAt());
  }

  /** Writes what a stream says of itself. */
  public void describe(long streamId, StreamDescription description) {
    change(
        "update log_stream set labels = ?, release_name = ?, environment = ?, service_name = ?"
            + " where id = ?",
        description.labels(),
        description.release(),
        description.environment(),
        description.service(),
        streamId);
  }

  /**
   * Locks streams until the transaction ends, always in the order of their ids, so that two
   * transactions never wait for each other in a circle.
   *
   * @return the streams that exist, by id
   */
  public Map<Long, LogStream> lock(Collection<Long> ids) {
    Map<Long, LogStream> streams = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      return streams;
    }
    Object[] sorted = ids.stream().sorted().toArray();
    int marks = Marks.rounded(sorted.length);
    String sql = STREAMS + " where id in (" + Marks.of(marks, "?") + ") order by id for update";
    Object[] filled = Arrays.copyOf(sorted, marks);
    Arrays.fill(filled, sorted.length, marks, sorted[sorted.length - 1]);
    query(sql, filled).forEach(stream -> streams.put(stream.id(), stream));
    return streams;
  }

  /**
   * Sets the next line of locked streams.
   *
   * @param segments what was written to them
   */
  public void advance(Map<Long, Long> nextLines, Collection<NewSegment> segments) {
    Map<Long, Long> bytes = new HashMap<>();
    for (NewSegment segment : segments) {
      bytes.merge(segment.stream().id(), (long) segment.encoded().payload().length, Long::sum);
    }
    List<Advance> advances = new ArrayList<>();
    nextLines.forEach(
        (id, next) -> advances.add(new Advance(id, next, bytes.getOrDefault(id, 0L))));
    for (int from = 0; from < advances.size(); from += MOST_ADVANCES) {
      advance(advances.subList(from, Math.min(advances.size(), from + MOST_ADVANCES)));
    }
  }

  private record Advance(long streamId, long nextLine, long bytes) {}

  /** All in one statement: MySQL took a fifth of a commit's time for one each. */
  private void advance(List<Advance> advances) {
    int marks = Marks.rounded(advances.size());
    Object[] lines = new Object[2 * marks];
    Object[] bytes = new Object[2 * marks];
    Object[] ids = new Object[marks];
    for (int i = 0; i < marks; i++) {
      Advance advance = advances.get(Math.min(i, advances.size() - 1));
      ids[i] = advance.streamId;
      lines[2 * i] = advance.streamId;
      lines[2 * i + 1] = advance.nextLine;
      bytes[2 * i] = advance.streamId;
      bytes[2 * i + 1] = advance.bytes;
    }
    String choice = "case id " + "when ? then ? ".repeat(marks) + "end";
    String sql =
        "update log_stream set next_line = "
            + choice
            + ", payload_bytes = payload_bytes + "
            + choice
            + " where id in ("
            + Marks.of(marks, "?")
            + ")";
    change(sql, Stream.of(lines, bytes, ids).flatMap(Arrays::stream).toArray());
  }

  /**
   * Deletes the oldest lines of a locked stream for every reader at once; the segments go later.
   *
   * @param stream as it was locked
   */
  public void purge(LogStream stream, long throughLine) {
    change(
        "update log_stream set garbage = 1, payload_bytes = payload_bytes - (select"
            + " coalesce(sum(g.payload_bytes), 0) from log_segment g where g.stream_id = ?"
            + " and g.first_line <= ? and g.first_line + g.line_count > ?"
            + " and g.first_line + g.line_count <= ?), purged_through = ?"
            + " where id = ? and purged_through < ?",
        stream.id(),
        throughLine,
        stream.purgedThrough() + 1,
        throughLine + 1,
        throughLine,
        stream.id(),
        throughLine);
  }

  /** Deletes all lines of a locked stream for every reader at once; the segments go later. */
  public void purgeAll(long streamId) {
    change(
        "update log_stream set garbage = 1, payload_bytes = 0, purged_through = next_line - 1"
            + " where id = ? and purged_through < next_line - 1",
        streamId);
  }

  /** Notes that the segments of a locked stream take more, or with a minus less, than before. */
  public void resize(long streamId, long moreBytes) {
    change(
        "update log_stream set payload_bytes = payload_bytes + ? where id = ?",
        moreBytes,
        streamId);
  }

  /** Closes all streams of an owner for ever. */
  public void markDeleted(ProjectScope scope, LogOwner owner, long now) {
    markDeleted(" and owner_id = ?", now, scope.projectId(), owner.id());
  }

  /** Closes all streams of a deleted project for ever. */
  public void markDeleted(ProjectScope scope, long now) {
    markDeleted("", now, scope.projectId());
  }

  private void markDeleted(String which, Object... values) {
    change(
        "update log_stream set deleted_at = ?, purged_through = next_line - 1, garbage = 1"
            + " where deleted_at is null and project_id = ?"
            + which,
        values);
  }

  /** Whether a project has streams, be they deleted. */
  public boolean exist(ProjectScope scope) {
    String sql = "select 1 from log_stream where project_id = ? limit 1";
    return Sql.of(dataSource, sql, scope.projectId()).first(row -> row.getInt(1)).isPresent();
  }

  /** Removes the row of a deleted stream of which nothing else is left. */
  public void remove(long streamId) {
    change("delete from log_stream where id = ? and deleted_at is not null", streamId);
  }

  /** Streams that may have segments below their purge mark, and those that are deleted. */
  public List<LogStream> withGarbage(int limit) {
    return query(STREAMS + " where garbage = 1 limit ?", limit);
  }

  /** Notes that nothing is left below the purge mark of a stream, unless it moved meanwhile. */
  public void markClean(LogStream stream) {
    change(
        "update log_stream set garbage = 0 where id = ? and purged_through = ?",
        stream.id(),
        stream.purgedThrough());
  }

  /**
   * How large the streams of a whole project are, in no order, for workers.
   *
   * @param now nanoseconds since 1970
   */
  public List<StreamSize> sizes(long projectId, long now) {
    // Streams have no gaps: the first segment begins behind the mark, unless the mark cuts it.
    String sql =
        "select s.id, s.purged_through, s.payload_bytes, coalesce("
            + SegmentAge.TIME
            + ", case when s.next_line - 1 > s.purged_through then "
            + Long.MIN_VALUE
            + " else "
            + Long.MAX_VALUE
            + " end) from log_stream s left join log_segment g on g.stream_id = s.id"
            + " and g.first_line = s.purged_through + 1"
            + " where s.project_id = ? and s.deleted_at is null";
    return Sql.of(dataSource, sql, now, projectId)
        .list(
            row -> new StreamSize(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
  }

  private void change(String sql, @Nullable Object... values) {
    Sql.of(dataSource, sql, values).change();
  }

  private List<LogStream> query(String sql, Object... values) {
    return Sql.of(dataSource, sql, values).list(LogStreams::stream);
  }

  private static LogStream stream(ResultSet row) throws SQLException {
    return new LogStream(
        row.getLong(1),
        row.getLong(2),
        new LogOwner(OwnerKind.valueOf(row.getString(3)), row.getLong(4)),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getObject(9) != null);
  }

  private static DescribedStream described(ResultSet row) throws SQLException {
    return new DescribedStream(
        stream(row),
        new StreamDescription(
            row.getString(10), row.getString(11), row.getString(12), row.getString(13)));
  }
}
