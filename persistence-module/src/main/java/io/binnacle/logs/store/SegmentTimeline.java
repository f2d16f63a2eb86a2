package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentRange;
import io.binnacle.platform.store.Sql;
import io.binnacle.security.entity.ProjectScope;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The metadata of an owner's segments in the order of time, page by page. */
@ApplicationScoped
public class SegmentTimeline {
  private static final String OF_OWNER =
      SegmentRows.COLUMNS + " where project_id = ? and owner_id = ?";

  /** The very order of an index: H2 would sort everything else. */
  private static final String NEWEST_FIRST =
      " order by project_id, owner_id, bucket desc, max_time desc, stream_id, first_line limit ?";

  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public SegmentTimeline() {}

  /** For use outside a container. */
  public SegmentTimeline(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Segments in falling order of bucket and newest line. Where the range begins is looked at by
   * bucket only: from the first segment on that is too old, all of its bucket are.
   *
   * @param after the last one seen, or null to begin
   */
  public List<SegmentInfo> newest(
      ProjectScope scope, SegmentRange range, @Nullable SegmentInfo after, int limit) {
    if (after == null) {
      return newest(scope, range, limit);
    }
    List<SegmentInfo> found = new ArrayList<>(restOfBucket(scope, range, after, limit));
    if (found.size() < limit && after.bucket() > range.fromBucket()) {
      found.addAll(newest(scope, range.through(after.bucket() - 1), limit - found.size()));
    }
    return found;
  }

  private List<SegmentInfo> newest(ProjectScope scope, SegmentRange range, int limit) {
    return query(
            OF_OWNER + " and bucket >= ? and bucket <= ? and min_time <= ?" + NEWEST_FIRST,
            scope.projectId(),
            range.owner().id(),
            range.fromBucket(),
            range.toBucket(),
            range.last(),
            limit)
        .list(SegmentRows::segment);
  }

  /** A question of its own: joined by "or", both databases would read the bucket from its start. */
  private List<SegmentInfo> restOfBucket(
      ProjectScope scope, SegmentRange range, SegmentInfo after, int limit) {
    return query(
            OF_OWNER
                + " and bucket = ? and max_time <= ? and min_time <= ?"
                + " and (max_time < ? or stream_id > ? or stream_id = ? and first_line > ?)"
                + NEWEST_FIRST,
            scope.projectId(),
            range.owner().id(),
            after.bucket(),
            after.maxTime(),
            range.last(),
            after.maxTime(),
            after.streamId(),
            after.streamId(),
            after.firstLine(),
            limit)
        .list(SegmentRows::segment);
  }

  /**
   * Shows the segments that {@link #newest} would answer with up to one of them, as they are now,
   * in no order.
   *
   * @param through the last of them
   * @param visitor is not to use the database
   */
  public void newestThrough(
      ProjectScope scope, SegmentRange range, SegmentInfo through, Consumer<SegmentInfo> visitor) {
    query(
            OF_OWNER
                + " and bucket >= ? and bucket <= ? and min_time <= ?"
                + " and (bucket > ? or max_time > ? or max_time = ?"
                + " and (stream_id < ? or stream_id = ? and first_line <= ?))",
            scope.projectId(),
            range.owner().id(),
            through.bucket(),
            range.toBucket(),
            range.last(),
            through.bucket(),
            through.maxTime(),
            through.maxTime(),
            through.streamId(),
            through.streamId(),
            through.firstLine())
        .each(row -> visitor.accept(SegmentRows.segment(row)));
  }

  /**
   * Segments of a range's first bucket in rising order of their oldest line. No index has this
   * order: each question reads the bucket, and answers with its first so many.
   *
   * @param after the last one seen, or null to begin
   */
  public List<SegmentInfo> oldest(
      ProjectScope scope, SegmentRange range, @Nullable SegmentInfo after, int limit) {
    long time = after == null ? Long.MIN_VALUE : after.minTime();
    long stream = after == null ? Long.MIN_VALUE : after.streamId();
    return query(
            OF_OWNER
                + " and bucket = ? and max_time >= ? and min_time <= ?"
                + " and (min_time > ? or min_time = ?"
                + " and (stream_id > ? or stream_id = ? and first_line > ?))"
                + " order by min_time, stream_id, first_line limit ?",
            scope.projectId(),
            range.owner().id(),
            range.fromBucket(),
            range.first(),
            range.last(),
            time,
            time,
            stream,
            stream,
            after == null ? Long.MIN_VALUE : after.firstLine(),
            limit)
        .list(SegmentRows::segment);
  }

  /**
   * Shows the segments that {@link #oldest} would answer with up to one of them, as they are now,
   * in no order.
   *
   * @param through the last of them
   * @param visitor is not to use the database
   */
  public void oldestThrough(
      ProjectScope scope, SegmentRange range, SegmentInfo through, Consumer<SegmentInfo> visitor) {
    query(
            OF_OWNER
                + " and bucket = ? and max_time >= ? and min_time <= ?"
                + " and (min_time < ? or min_time = ?"
                + " and (stream_id < ? or stream_id = ? and first_line <= ?))",
            scope.projectId(),
            range.owner().id(),
            through.bucket(),
            range.first(),
            range.last(),
            through.minTime(),
            through.minTime(),
            through.streamId(),
            through.streamId(),
            through.firstLine())
        .each(row -> visitor.accept(SegmentRows.segment(row)));
  }

  /** The buckets of an owner from one on, oldest first, without the wide one. */
  public List<Integer> buckets(ProjectScope scope, LogOwner owner, int from) {
    return query(
            "select distinct bucket from log_segment where project_id = ? and owner_id = ?"
                + " and bucket >= ? and bucket < ? order by bucket",
            scope.projectId(),
            owner.id(),
            from,
            SegmentInfo.WIDE)
        .list(row -> row.getInt(1));
  }

  private Sql query(String sql, @Nullable Object... values) {
    return Sql.of(dataSource, sql, values);
  }
}
