package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The segments: their metadata in one table, their payloads in another that scans never touch. */
@ApplicationScoped
public class LogSegments {
  private static final String COLUMNS =
      "select stream_id, first_line, line_count, bucket, min_time, max_time, severity_mask,"
          + " level_counts, source_counts, raw_bytes, payload_bytes, checksum, state from log_segment";

  private static final int STATE = 13;

  /**
   * Payloads of one question: MySQL compares every row that it finds with all that are asked for.
   */
  private static final int MOST_PAYLOADS = 128;

  /** The very order of an index: H2 would sort everything else. */
  private static final String NEWEST_FIRST =
      " order by project_id, owner_id, bucket desc, max_time desc, stream_id, first_line limit ?";

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public LogSegments() {}

  /** For use outside a container. */
  public LogSegments(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A segment that was to be opened. Neither a content nor a damage: it is gone.
   *
   * @param damage why it can't be read
   */
  public record Opened(
      SegmentInfo info, @Nullable Segment segment, @Nullable CorruptSegmentException damage) {

    /**
     * The content.
     *
     * @throws CorruptSegmentException when it is damaged or gone
     */
    public Segment readable() {
      if (segment != null) {
        return segment;
      }
      throw damage != null ? damage : new CorruptSegmentException("The payload is missing");
    }
  }

  /** Writes segments that ingest made. */
  public void insertHot(List<NewSegment> segments, long now) {
    insert(segments, SegmentState.HOT, now);
  }

  /**
   * Writes segments.
   *
   * @param now nanoseconds since 1970
   */
  public void insert(List<NewSegment> segments, SegmentState state, long now) {
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

  private static void bind(PreparedStatement row, NewSegment segment, SegmentState state, long now)
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
    row.setString(14, state.name());
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
   * Segments of an owner in falling order of bucket and newest line.
   *
   * @param fromBucket no segment of an earlier bucket
   * @param toBucket no segment of a later bucket
   * @param through nanoseconds since 1970; no segment all of whose lines are later
   * @param after the last one seen, or null to begin
   */
  public List<SegmentInfo> newest(
      ProjectScope scope,
      LogOwner owner,
      int fromBucket,
      int toBucket,
      long through,
      @Nullable SegmentInfo after,
      int limit) {
    List<SegmentInfo> found = new ArrayList<>();
    int last = toBucket;
    if (after != null) {
      found.addAll(restOfBucket(scope, owner, through, after, limit));
      last = after.bucket() - 1;
    }
    if (found.size() < limit && last >= fromBucket) {
      String sql =
          COLUMNS
              + " where project_id = ? and owner_id = ? and bucket >= ? and bucket <= ?"
              + " and min_time <= ?"
              + NEWEST_FIRST;
      found.addAll(
          query(
              sql, scope.projectId(), owner.id(), fromBucket, last, through, limit - found.size()));
    }
    return found;
  }

  /** A question of its own: joined by "or", both databases would read the bucket from its start. */
  private List<SegmentInfo> restOfBucket(
      ProjectScope scope, LogOwner owner, long through, SegmentInfo after, int limit) {
    String sql =
        COLUMNS
            + " where project_id = ? and owner_id = ? and bucket = ? and max_time <= ?"
            + " and min_time <= ? and (max_time < ? or stream_id > ?"
            + " or stream_id = ? and first_line > ?)"
            + NEWEST_FIRST;
    return query(
        sql,
        scope.projectId(),
        owner.id(),
        after.bucket(),
        after.maxTime(),
        through,
        after.maxTime(),
        after.streamId(),
        after.streamId(),
        after.firstLine(),
        limit);
  }

  /**
   * Segments of an owner in one bucket.
   *
   * @param from nanoseconds since 1970; no segment all of whose lines are earlier
   */
  public List<SegmentInfo> inBucket(ProjectScope scope, LogOwner owner, int bucket, long from) {
    String sql =
        COLUMNS + " where project_id = ? and owner_id = ? and bucket = ? and max_time >= ?";
    return query(sql, scope.projectId(), owner.id(), bucket, from);
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

  /**
   * Shows all segments of an owner, in no order, as they are at one moment; without payloads.
   *
   * @param visitor is not to use the database
   */
  public void each(ProjectScope scope, LogOwner owner, Consumer<SegmentInfo> visitor) {
    String sql = COLUMNS + " where project_id = ? and owner_id = ?";
    each(visitor, sql, scope.projectId(), owner.id());
  }

  /**
   * Opens segments.
   *
   * @return one answer for each, in their order
   */
  public List<Opened> open(List<SegmentInfo> infos) {
    List<Opened> opened = new ArrayList<>();
    for (int from = 0; from < infos.size(); from += MOST_PAYLOADS) {
      List<SegmentInfo> some = infos.subList(from, Math.min(infos.size(), from + MOST_PAYLOADS));
      Map<Place, byte[]> payloads = payloads(some);
      some.forEach(info -> opened.add(open(info, payloads.get(Place.of(info)))));
    }
    return opened;
  }

  private Map<Place, byte[]> payloads(List<SegmentInfo> infos) {
    int marks = Marks.rounded(infos.size());
    String sql =
        "select stream_id, first_line, payload from log_segment_data"
            + " where (stream_id, first_line) in ("
            + Marks.of(marks, "(?, ?)")
            + ")";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < marks; i++) {
        SegmentInfo info = infos.get(Math.min(i, infos.size() - 1));
        statement.setLong(2 * i + 1, info.streamId());
        statement.setLong(2 * i + 2, info.firstLine());
      }
      Map<Place, byte[]> payloads = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          payloads.put(new Place(rows.getLong(1), rows.getLong(2)), rows.getBytes(3));
        }
      }
      return payloads;
    } catch (SQLException e) {
      throw new StoreException("Segments can't be read", e);
    }
  }

  private static Opened open(SegmentInfo info, byte @Nullable [] payload) {
    if (payload == null) {
      return new Opened(info, null, null);
    }
    try {
      return new Opened(info, Segment.open(payload, info.checksum()), null);
    } catch (CorruptSegmentException e) {
      return new Opened(info, null, e);
    }
  }

  /** Where a segment is. */
  public record Place(long streamId, long firstLine) {
    static Place of(SegmentInfo info) {
      return new Place(info.streamId(), info.firstLine());
    }
  }

  /**
   * The segment that is in one state for the longest time.
   *
   * @param createdBefore nanoseconds since 1970
   * @return null when all are younger
   */
  public @Nullable Place oldest(SegmentState state, long createdBefore) {
    // All from one index, which begins with the answer.
    String sql =
        "select stream_id, first_line from log_segment where state = ? and created_at < ?"
            + " order by state, created_at, stream_id, first_line limit 1";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, state.name());
      statement.setLong(2, createdBefore);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? new Place(rows.getLong(1), rows.getLong(2)) : null;
      }
    } catch (SQLException e) {
      throw new StoreException("The segments can't be read", e);
    }
  }

  /** The segments from a place on, up to the first that is in another state. */
  public List<SegmentInfo> run(SegmentState state, Place from, int limit) {
    String sql =
        COLUMNS + " where stream_id = ? and first_line >= ? order by stream_id, first_line limit ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, from.streamId(), from.firstLine(), limit);
      List<SegmentInfo> run = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next() && rows.getString(STATE).equals(state.name())) {
          run.add(segment(rows));
        }
      }
      return run;
    } catch (SQLException e) {
      throw new StoreException("The segments can't be read", e);
    }
  }

  /** Changes the state of one segment. */
  public void mark(SegmentInfo segment, SegmentState state) {
    change(
        "update log_segment set state = '" + state + "' where stream_id = ? and first_line = ?",
        segment.streamId(),
        segment.firstLine());
  }

  /**
   * Removes segments of one stream that follow each other, oldest first.
   *
   * @return how many there were
   */
  public int remove(List<SegmentInfo> neighbours) {
    long stream = neighbours.get(0).streamId();
    long first = neighbours.get(0).firstLine();
    long last = neighbours.get(neighbours.size() - 1).firstLine();
    String range = " where stream_id = ? and first_line >= ? and first_line <= ?";
    change("delete from log_segment_data" + range, stream, first, last);
    return change("delete from log_segment" + range, stream, first, last);
  }

  /** Segments of a stream that lie wholly below a line, oldest first. */
  public List<SegmentInfo> through(long streamId, long line, int limit) {
    String sql =
        COLUMNS
            + " where stream_id = ? and first_line <= ? and first_line + line_count <= ?"
            + " order by stream_id, first_line limit ?";
    return query(sql, streamId, line, line + 1, limit);
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

  private int change(String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The segments can't be changed", e);
    }
  }

  private List<SegmentInfo> query(String sql, long... parameters) {
    List<SegmentInfo> segments = new ArrayList<>();
    each(segments::add, sql, parameters);
    return segments;
  }

  private void each(Consumer<SegmentInfo> visitor, String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          visitor.accept(segment(rows));
        }
      }
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
