package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The segments, as ingest writes them and as readers of a project find and open them. */
@ApplicationScoped
public class LogSegments {
  /** The very order of an index: H2 would sort everything else. */
  private static final String NEWEST_FIRST =
      " order by project_id, owner_id, bucket desc, max_time desc, stream_id, first_line limit ?";

  private static final RowWriter ROWS =
      new RowWriter(
          "insert into log_segment (stream_id, first_line, project_id, owner_id, bucket, line_count,"
              + " min_time, max_time, severity_mask, level_counts, source_counts, raw_bytes,"
              + " payload_bytes, state, format, checksum, location, created_at)",
          18);

  /** Where payloads are: beside the metadata, in the database. */
  private static final String LOCATION = "db";

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
    insert(segments, SegmentState.HOT, now);
  }

  /**
   * Writes segments.
   *
   * @param now nanoseconds since 1970
   */
  public void insert(List<NewSegment> segments, SegmentState state, long now) {
    ROWS.write(dataSource, segments, (segment, row) -> bind(segment, state, now, row));
    new SegmentPayloads(dataSource).put(segments);
  }

  private static void bind(
      NewSegment segment, SegmentState state, long now, RowWriter.Parameters row)
      throws SQLException {
    EncodedSegment encoded = segment.encoded();
    row.add(segment.stream().id())
        .add(segment.firstLine())
        .add(segment.stream().projectId())
        .add(segment.stream().owner().id())
        .add(segment.bucket())
        .add(encoded.lines())
        .add(encoded.minTime())
        .add(encoded.maxTime())
        .add(encoded.severityMask())
        .add(encoded.levelCounts())
        .add(encoded.sourceCounts())
        .add(encoded.rawBytes())
        .add(encoded.payload().length)
        .add(state.name())
        .add(SegmentEncoder.FORMAT)
        .add(encoded.checksum())
        .add(LOCATION)
        .add(now);
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
        SegmentRows.COLUMNS
            + " where stream_id = ? and first_line > ? and project_id = ?"
            + " order by stream_id, first_line limit ?";
    found.addAll(query(sql, streamId, fromLine, scope.projectId(), limit));
    return found;
  }

  /** Segments of a stream that begin before a line, newest first. */
  public List<SegmentInfo> before(ProjectScope scope, long streamId, long line, int limit) {
    String sql =
        SegmentRows.COLUMNS
            + " where stream_id = ? and first_line < ? and project_id = ?"
            + " order by stream_id desc, first_line desc limit ?";
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
          SegmentRows.COLUMNS
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
        SegmentRows.COLUMNS
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
   * Segments of one bucket of an owner in rising order of their oldest line. No index has this
   * order: each question reads the bucket, and answers with its first so many.
   *
   * @param from nanoseconds since 1970; no segment all of whose lines are earlier
   * @param through no segment all of whose lines are later
   * @param after the last one seen, or null to begin
   */
  public List<SegmentInfo> oldest(
      ProjectScope scope,
      LogOwner owner,
      int bucket,
      long from,
      long through,
      @Nullable SegmentInfo after,
      int limit) {
    String sql =
        SegmentRows.COLUMNS
            + " where project_id = ? and owner_id = ? and bucket = ? and max_time >= ?"
            + " and min_time <= ? and (min_time > ? or min_time = ? and (stream_id > ?"
            + " or stream_id = ? and first_line > ?))"
            + " order by min_time, stream_id, first_line limit ?";
    long time = after == null ? Long.MIN_VALUE : after.minTime();
    long stream = after == null ? Long.MIN_VALUE : after.streamId();
    return query(
        sql,
        scope.projectId(),
        owner.id(),
        bucket,
        from,
        through,
        time,
        time,
        stream,
        stream,
        after == null ? Long.MIN_VALUE : after.firstLine(),
        limit);
  }

  /**
   * Shows the segments that {@link #newest} would answer with up to one of them, as they are now,
   * in no order.
   *
   * @param last the last of them
   * @param visitor is not to use the database
   */
  public void newestThrough(
      ProjectScope scope,
      LogOwner owner,
      int toBucket,
      long through,
      SegmentInfo last,
      Consumer<SegmentInfo> visitor) {
    String sql =
        SegmentRows.COLUMNS
            + " where project_id = ? and owner_id = ? and bucket >= ? and bucket <= ?"
            + " and min_time <= ? and (bucket > ? or max_time > ? or max_time = ?"
            + " and (stream_id < ? or stream_id = ? and first_line <= ?))";
    Sql.of(
            dataSource,
            sql,
            scope.projectId(),
            owner.id(),
            last.bucket(),
            toBucket,
            through,
            last.bucket(),
            last.maxTime(),
            last.maxTime(),
            last.streamId(),
            last.streamId(),
            last.firstLine())
        .each(row -> visitor.accept(SegmentRows.segment(row)));
  }

  /** Shows the segments that {@link #oldest} would answer with up to one of them, in no order. */
  public void oldestThrough(
      ProjectScope scope,
      LogOwner owner,
      long from,
      long through,
      SegmentInfo last,
      Consumer<SegmentInfo> visitor) {
    String sql =
        SegmentRows.COLUMNS
            + " where project_id = ? and owner_id = ? and bucket = ? and max_time >= ?"
            + " and min_time <= ? and (min_time < ? or min_time = ? and (stream_id < ?"
            + " or stream_id = ? and first_line <= ?))";
    Sql.of(
            dataSource,
            sql,
            scope.projectId(),
            owner.id(),
            last.bucket(),
            from,
            through,
            last.minTime(),
            last.minTime(),
            last.streamId(),
            last.streamId(),
            last.firstLine())
        .each(row -> visitor.accept(SegmentRows.segment(row)));
  }

  /** The buckets of an owner, oldest first, without the wide one. */
  public List<Integer> buckets(ProjectScope scope, LogOwner owner, int from) {
    String sql =
        "select distinct bucket from log_segment where project_id = ? and owner_id = ?"
            + " and bucket >= ? and bucket < ? order by bucket";
    return Sql.of(dataSource, sql, scope.projectId(), owner.id(), from, SegmentInfo.WIDE)
        .list(row -> row.getInt(1));
  }

  /**
   * Shows all segments of an owner, in no order, as they are at one moment; without payloads.
   *
   * @param visitor is not to use the database
   */
  public void each(ProjectScope scope, LogOwner owner, Consumer<SegmentInfo> visitor) {
    String sql = SegmentRows.COLUMNS + " where project_id = ? and owner_id = ?";
    Sql.of(dataSource, sql, scope.projectId(), owner.id())
        .each(row -> visitor.accept(SegmentRows.segment(row)));
  }

  /**
   * Opens segments.
   *
   * @return one answer for each, in their order
   */
  public List<OpenedSegment> open(List<SegmentInfo> infos) {
    Map<SegmentPlace, byte[]> found = new SegmentPayloads(dataSource).get(infos);
    return infos.stream()
        .map(info -> OpenedSegment.of(info, found.get(SegmentPlace.of(info))))
        .toList();
  }

  private List<SegmentInfo> query(String sql, Object... values) {
    return Sql.of(dataSource, sql, values).list(SegmentRows::segment);
  }
}
