package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.platform.store.StoreException;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
import javax.sql.DataSource;

/** The streams of runs and services. */
@ApplicationScoped
public class LogStreams {
  private static final String COLUMNS =
      "select id, project_id, owner_kind, owner_id, name, labels, release_name, environment,"
          + " service_name, next_line, purged_through, created_at, deleted_at from log_stream";

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
    String sql =
        COLUMNS + " where project_id = ? and owner_id = ? and deleted_at is null order by id";
    return query(sql, scope.projectId(), owner.id());
  }

  /** How many streams an owner has. */
  public long count(ProjectScope scope, LogOwner owner) {
    String sql =
        "select count(*) from log_stream"
            + " where project_id = ? and owner_id = ? and deleted_at is null";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, new long[] {scope.projectId(), owner.id()});
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new StoreException("The streams can't be counted", e);
    }
  }

  /** A stream by its name. */
  public Optional<LogStream> find(ProjectScope scope, LogOwner owner, String name) {
    String sql = COLUMNS + " where project_id = ? and owner_id = ? and name = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, scope.projectId());
      statement.setLong(2, owner.id());
      statement.setString(3, name);
      return read(statement).stream().findFirst();
    } catch (SQLException e) {
      throw new StoreException("The stream can't be read", e);
    }
  }

  /** Makes a stream. A concurrent twin collides on the name, and the transaction is retried. */
  public void create(LogStream stream) {
    String sql =
        "insert into log_stream (id, project_id, owner_kind, owner_id, name, labels, release_name,"
            + " environment, service_name, next_line, purged_through, created_at, garbage)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, stream.id());
      statement.setLong(2, stream.projectId());
      statement.setString(3, stream.owner().kind().name());
      statement.setLong(4, stream.owner().id());
      statement.setString(5, stream.name());
      statement.setString(6, stream.labels());
      statement.setString(7, stream.release());
      statement.setString(8, stream.environment());
      statement.setString(9, stream.service());
      statement.setLong(10, stream.nextLine());
      statement.setLong(11, stream.purgedThrough());
      statement.setLong(12, stream.createdAt());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The stream can't be made", e);
    }
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
    long[] sorted = ids.stream().mapToLong(Long::longValue).sorted().toArray();
    int marks = Marks.rounded(sorted.length);
    String sql = COLUMNS + " where id in (" + Marks.of(marks, "?") + ") order by id for update";
    long[] filled = Arrays.copyOf(sorted, marks);
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
    try (Connection connection = dataSource.getConnection()) {
      for (int from = 0; from < advances.size(); from += MOST_ADVANCES) {
        int to = Math.min(advances.size(), from + MOST_ADVANCES);
        advance(connection, advances.subList(from, to));
      }
    } catch (SQLException e) {
      throw new StoreException("The streams can't be advanced", e);
    }
  }

  private record Advance(long streamId, long nextLine, long bytes) {}

  /** All in one statement: MySQL took a fifth of a commit's time for one each. */
  private static void advance(Connection connection, List<Advance> advances) throws SQLException {
    int marks = Marks.rounded(advances.size());
    String choice = "case id " + "when ? then ? ".repeat(marks) + "end";
    String sql =
        "update log_stream set next_line = "
            + choice
            + ", payload_bytes = payload_bytes + "
            + choice
            + " where id in ("
            + Marks.of(marks, "?")
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < marks; i++) {
        Advance advance = advances.get(Math.min(i, advances.size() - 1));
        statement.setLong(2 * i + 1, advance.streamId);
        statement.setLong(2 * i + 2, advance.nextLine);
        statement.setLong(2 * (marks + i) + 1, advance.streamId);
        statement.setLong(2 * (marks + i) + 2, advance.bytes);
        statement.setLong(4 * marks + i + 1, advance.streamId);
      }
      statement.executeUpdate();
    }
  }

  /**
   * Deletes the oldest lines of a locked stream for every reader at once; the segments go later.
   *
   * @param stream as it was locked
   */
  public void purge(LogStream stream, long throughLine) {
    update(
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
    update(
        "update log_stream set garbage = 1, payload_bytes = 0, purged_through = next_line - 1"
            + " where id = ? and purged_through < next_line - 1",
        streamId);
  }

  /** Notes that the segments of a locked stream take more, or with a minus less, than before. */
  public void resize(long streamId, long moreBytes) {
    update(
        "update log_stream set payload_bytes = payload_bytes + ? where id = ?",
        moreBytes,
        streamId);
  }

  /** Closes all streams of an owner for ever. */
  public void markDeleted(ProjectScope scope, LogOwner owner, long now) {
    update(
        "update log_stream set deleted_at = ?, purged_through = next_line - 1, garbage = 1"
            + " where project_id = ? and owner_id = ? and deleted_at is null",
        now,
        scope.projectId(),
        owner.id());
  }

  /** Closes all streams of a deleted project for ever. */
  public void markDeleted(long projectId, long now) {
    update(
        "update log_stream set deleted_at = ?, purged_through = next_line - 1, garbage = 1"
            + " where project_id = ? and deleted_at is null",
        now,
        projectId);
  }

  /** Removes the row of a deleted stream whose segments are gone. */
  public void remove(long streamId) {
    update("delete from log_client where stream_id = ?", streamId);
    update("delete from log_stream where id = ? and deleted_at is not null", streamId);
  }

  /** Streams that may have segments below their purge mark, and those that are deleted. */
  public List<LogStream> withGarbage(int limit) {
    return query(COLUMNS + " where garbage = 1 limit ?", limit);
  }

  /** Notes that nothing is left below the purge mark of a stream, unless it moved meanwhile. */
  public void markClean(LogStream stream) {
    update(
        "update log_stream set garbage = 0 where id = ? and purged_through = ?",
        stream.id(),
        stream.purgedThrough());
  }

  /** How large the streams of a whole project are, in no order, for workers. */
  public List<StreamSize> sizes(long projectId) {
    // Streams have no gaps: the first segment begins behind the mark, unless the mark cuts it.
    String sql =
        "select s.id, s.purged_through, s.payload_bytes, coalesce(g.max_time, case"
            + " when s.next_line - 1 > s.purged_through then "
            + Long.MIN_VALUE
            + " else "
            + Long.MAX_VALUE
            + " end) from log_stream s left join log_segment g on g.stream_id = s.id"
            + " and g.first_line = s.purged_through + 1"
            + " where s.project_id = ? and s.deleted_at is null";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, projectId);
      List<StreamSize> sizes = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sizes.add(
              new StreamSize(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
        }
      }
      return sizes;
    } catch (SQLException e) {
      throw new StoreException("The sizes of streams can't be read", e);
    }
  }

  private void update(String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The stream can't be changed", e);
    }
  }

  private List<LogStream> query(String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return read(statement);
    } catch (SQLException e) {
      throw new StoreException("The streams can't be read", e);
    }
  }

  private static void bind(PreparedStatement statement, long[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
  }

  private static List<LogStream> read(PreparedStatement statement) throws SQLException {
    List<LogStream> streams = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        streams.add(stream(rows));
      }
    }
    return streams;
  }

  private static LogStream stream(ResultSet row) throws SQLException {
    return new LogStream(
        row.getLong(1),
        row.getLong(2),
        new LogOwner(OwnerKind.valueOf(row.getString(3)), row.getLong(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getObject(13) != null);
  }
}
