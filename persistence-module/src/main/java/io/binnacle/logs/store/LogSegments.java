package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.store.segment.CorruptSegmentException;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.Segment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.store.StoreException;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The segments: their metadata in one table, their payloads in another that scans never touch. */
@ApplicationScoped
public class LogSegments {
  /** A segment as ingest wrote it. */
  private static final String HOT = "HOT";

  /** A segment that compaction is done with. */
  private static final String COMPACT = "COMPACT";

  private static final String COLUMNS =
      "select stream_id, first_line, line_count, bucket, min_time, max_time, severity_mask,"
          + " level_counts, source_counts, raw_bytes, payload_bytes, checksum from log_segment";

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public LogSegments() {}

  /** For use outside a container. */
  public LogSegments(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Writes segments that ingest made. */
  public void insertHot(List<NewSegment> segments, long now) {
    insert(segments, HOT, now);
  }

  /** Writes segments that compaction made. */
  public void insertCompact(List<NewSegment> segments, long now) {
    insert(segments, COMPACT, now);
  }

  private void insert(List<NewSegment> segments, String state, long now) {
    String sql =
        "insert into log_segment (stream_id, first_line, project_id, owner_id, bucket, line_count,"
            + " min_time, max_time, severity_mask, level_counts, source_counts, raw_bytes,"
            + " payload_bytes, state, format, checksum, location, created_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'db', ?)";
    String data = "insert into log_segment_data (stream_id, first_line, payload) values (?, ?, ?)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement metadata = connection.prepareStatement(sql);
        PreparedStatement payloads = connection.prepareStatement(data)) {
      for (NewSegment segment : segments) {
        bind(metadata, segment, state, now);
        metadata.addBatch();
        payloads.setLong(1, segment.stream().id());
        payloads.setLong(2, segment.firstLine());
        payloads.setBytes(3, segment.encoded().payload());
        payloads.addBatch();
      }
      metadata.executeBatch();
      payloads.executeBatch();
    } catch (SQLException e) {
      throw new StoreException("The segments can't be written", e);
    }
  }

  private static void bind(PreparedStatement row, NewSegment segment, String state, long now)
      throws SQLException {
    EncodedSegment encoded = segment.encoded();
    row.setLong(1, segment.stream().id());
    row.setLong(2, segment.firstLine());
    row.setLong(3, segment.stream().projectId());
    row.setLong(4, segment.stream().owner().id());
    row.setInt(5, segment.bucket());
    row.setInt(6, encoded.lines());
    row.setLong(7, encoded.minTime());
    row.setLong(8, encoded.maxTime());
    row.setInt(9, encoded.severityMask());
    row.setBytes(10, encoded.levelCounts());
    row.setBytes(11, encoded.sourceCounts());
    row.setInt(12, encoded.rawBytes());
    row.setInt(13, encoded.payload().length);
    row.setString(14, state);
    row.setInt(15, SegmentEncoder.FORMAT);
    row.setInt(16, encoded.checksum());
    row.setLong(17, now);
  }

  /**
   * Segments of a stream that have lines at or after one, oldest first.
   *
   * @param fromLine the first line of interest
   */
  public List<SegmentInfo> from(ProjectScope scope, long streamId, long fromLine, int limit) {
    // The segment that holds fromLine begins before it: it is the newest one that begins at or
    // before it.
    List<SegmentInfo> found = new ArrayList<>(before(scope, streamId, fromLine + 1, 1));
    found.removeIf(segment -> segment.endLine() <= fromLine);
    String sql =
        COLUMNS
            + " where stream_id = ? and first_line > ? and project_id = ?"
            + " order by stream_id, first_line limit ?";
    found.addAll(query(sql, streamId, fromLine, scope.projectId(), limit));
    return found;
  }

  /** Segments of a stream that begin before a line, newest first. */
  public List<SegmentInfo> before(ProjectScope scope, long streamId, long line, int limit) {
    String sql =
        COLUMNS
            + " where stream_id = ? and first_line < ? and project_id = ?"
            + " order by stream_id, first_line desc limit ?";
    return query(sql, streamId, line, scope.projectId(), limit);
  }

  /**
   * Segments of an owner in falling order of their newest line, without the wide ones.
   *
   * @param fromBucket no segment of an earlier bucket
   * @param toBucket no segment of a later bucket
   * @param after the last one seen, or null to begin
   */
  public List<SegmentInfo> newest(
      ProjectScope scope,
      LogOwner owner,
      int fromBucket,
      int toBucket,
      @Nullable SegmentInfo after,
      int limit) {
    String order =
        " order by project_id, owner_id, bucket desc, max_time desc, stream_id, first_line limit ?";
    String range = " where project_id = ? and owner_id = ? and bucket >= ? and bucket <= ?";
    if (after == null) {
      return query(
          COLUMNS + range + order, scope.projectId(), owner.id(), fromBucket, toBucket, limit);
    }
    String beyond =
        " and (bucket < ? or max_time < ? or max_time = ? and (stream_id > ? or stream_id = ?"
            + " and first_line > ?))";
    return query(
        COLUMNS + range + beyond + order,
        scope.projectId(),
        owner.id(),
        fromBucket,
        Math.min(toBucket, after.bucket()),
        after.bucket(),
        after.maxTime(),
        after.maxTime(),
        after.streamId(),
        after.streamId(),
        after.firstLine(),
        limit);
  }

  /** All segments of an owner in one bucket. */
  public List<SegmentInfo> inBucket(ProjectScope scope, LogOwner owner, int bucket) {
    String sql = COLUMNS + " where project_id = ? and owner_id = ? and bucket = ?";
    return query(sql, scope.projectId(), owner.id(), bucket);
  }

  /** The buckets of an owner, oldest first, without the wide one. */
  public List<Integer> buckets(ProjectScope scope, LogOwner owner, int from) {
    String sql =
        "select distinct bucket from log_segment where project_id = ? and owner_id = ?"
            + " and bucket >= ? and bucket < ? order by bucket";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, scope.projectId(), owner.id(), from, SegmentInfo.WIDE);
      List<Integer> buckets = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          buckets.add(rows.getInt(1));
        }
      }
      return buckets;
    } catch (SQLException e) {
      throw new StoreException("The buckets can't be read", e);
    }
  }

  /** All segments of an owner that were not purged, for summaries; without payloads. */
  public List<SegmentInfo> of(ProjectScope scope, LogOwner owner) {
    return query(COLUMNS + " where project_id = ? and owner_id = ?", scope.projectId(), owner.id());
  }

  /**
   * Opens a segment.
   *
   * @return null when it was removed meanwhile
   * @throws CorruptSegmentException when it is not what was written
   */
  public @Nullable Segment open(SegmentInfo info) {
    String sql = "select payload from log_segment_data where stream_id = ? and first_line = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, info.streamId(), info.firstLine());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Segment.open(rows.getBytes(1), info.checksum()) : null;
      }
    } catch (SQLException e) {
      throw new StoreException("A segment can't be read", e);
    }
  }

  /**
   * Small segments of a stream that compaction may merge, oldest first.
   *
   * @param createdBefore nanoseconds since 1970; younger ones are left alone
   */
  public List<SegmentInfo> hot(long streamId, long purgedThrough, long createdBefore, int limit) {
    String sql =
        COLUMNS
            + " where stream_id = ? and first_line > ? and created_at < ? and state = '"
            + HOT
            + "' order by stream_id, first_line limit ?";
    return query(sql, streamId, purgedThrough, createdBefore, limit);
  }

  /** Streams that have segments to compact. */
  public List<Long> streamsWithHot(long createdBefore, long afterStream, int limit) {
    String sql =
        "select distinct stream_id from log_segment where state = '"
            + HOT
            + "' and created_at < ? and stream_id > ? order by stream_id limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, createdBefore, afterStream, limit);
      List<Long> ids = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      return ids;
    } catch (SQLException e) {
      throw new StoreException("The streams can't be read", e);
    }
  }

  /** Marks segments as done that compaction could not make larger. */
  public void markCompact(List<SegmentInfo> segments) {
    each(
        "update log_segment set state = '" + COMPACT + "' where stream_id = ? and first_line = ?",
        segments);
  }

  /**
   * Removes segments.
   *
   * @return how many there were
   */
  public int remove(List<SegmentInfo> segments) {
    each("delete from log_segment_data where stream_id = ? and first_line = ?", segments);
    return each("delete from log_segment where stream_id = ? and first_line = ?", segments);
  }

  /** Segments of a stream that lie wholly below a line, oldest first. */
  public List<SegmentInfo> through(long streamId, long line, int limit) {
    String sql =
        COLUMNS + " where stream_id = ? and first_line <= ? order by stream_id, first_line limit ?";
    return query(sql, streamId, line, limit);
  }

  /** Segments of a stream behind a line, oldest first, for workers. */
  public List<SegmentInfo> after(long streamId, long line, int limit) {
    String sql =
        COLUMNS + " where stream_id = ? and first_line > ? order by stream_id, first_line limit ?";
    return query(sql, streamId, line, limit);
  }

  /** The segments of a project whose newest line is oldest, without what is purged already. */
  public List<SegmentInfo> oldestOfProject(long projectId, int limit) {
    String sql =
        COLUMNS
            + " g where g.project_id = ? and g.first_line > (select s.purged_through from"
            + " log_stream s where s.id = g.stream_id) order by g.max_time limit ?";
    return query(sql, projectId, limit);
  }

  /** Bytes that the payloads of a stream take, behind a line. */
  public long payloadBytesOf(long streamId, long purgedThrough) {
    return sum(
        "select sum(payload_bytes) from log_segment where stream_id = ? and first_line > ?",
        streamId,
        purgedThrough);
  }

  /** Bytes that the payloads of a project take, without what is purged already. */
  public long payloadBytesOfProject(long projectId) {
    return sum(
        "select sum(g.payload_bytes) from log_segment g join log_stream s on s.id = g.stream_id"
            + " where g.project_id = ? and g.first_line > s.purged_through",
        projectId);
  }

  private long sum(String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new StoreException("The sizes can't be read", e);
    }
  }

  private int each(String sql, List<SegmentInfo> segments) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (SegmentInfo segment : segments) {
        bind(statement, segment.streamId(), segment.firstLine());
        statement.addBatch();
      }
      int changed = 0;
      for (int count : statement.executeBatch()) {
        changed += count;
      }
      return changed;
    } catch (SQLException e) {
      throw new StoreException("The segments can't be changed", e);
    }
  }

  private List<SegmentInfo> query(String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      List<SegmentInfo> segments = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          segments.add(segment(rows));
        }
      }
      return segments;
    } catch (SQLException e) {
      throw new StoreException("The segments can't be read", e);
    }
  }

  private static void bind(PreparedStatement statement, long... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
  }

  private static SegmentInfo segment(ResultSet row) throws SQLException {
    return new SegmentInfo(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getInt(4),
        row.getLong(5),
        row.getLong(6),
        row.getInt(7),
        row.getBytes(8),
        row.getBytes(9),
        row.getInt(10),
        row.getInt(11),
        row.getInt(12));
  }
}
