package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.logs.store.segment.EncodedSegment;
import io.binnacle.logs.store.segment.SegmentEncoder;
import io.binnacle.platform.store.Ids;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The segments, as ingest writes them and as readers of a project find and open them. */
@ApplicationScoped
public class LogSegments {
  private static final RowWriter ROWS =
      new RowWriter(
          "insert into log_segment (stream_id, first_line, project_id, owner_id, bucket, line_count,"
              + " min_time, max_time, severity_mask, level_counts, source_counts, raw_bytes,"
              + " payload_id, payload_bytes, state, format, checksum, location, created_at)",
          19);

  /** Where payloads are: beside the metadata, in the database. */
  private static final String LOCATION = "db";

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  @Inject Ids ids;

  /** For the container. */
  public LogSegments() {}

  /** For use outside a container. */
  public LogSegments(DataSource dataSource, Ids ids) {
    this.dataSource = dataSource;
    this.ids = ids;
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
    List<KeyedSegment> keyed =
        segments.stream().map(segment -> new KeyedSegment(segment, ids.next())).toList();
    ROWS.write(dataSource, keyed, (segment, row) -> bind(segment, state, now, row));
    new SegmentPayloads(dataSource).put(keyed);
  }

  private static void bind(
      KeyedSegment keyed, SegmentState state, long now, RowWriter.Parameters row)
      throws SQLException {
    NewSegment segment = keyed.segment();
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
        .add(keyed.payloadId())
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
    Map<Long, byte[]> found = new SegmentPayloads(dataSource).get(infos);
    return infos.stream().map(info -> OpenedSegment.of(info, found.get(info.payloadId()))).toList();
  }

  private List<SegmentInfo> query(String sql, Object... values) {
    return Sql.of(dataSource, sql, values).list(SegmentRows::segment);
  }
}
