package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.platform.store.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The segments of all projects, as the workers need them that merge the small ones and remove the
 * old ones.
 */
@ApplicationScoped
public class SegmentUpkeep {
  @Resource(lookup = "jdbc/binnacle")
  DataSource dataSource;

  /** For the container. */
  public SegmentUpkeep() {}

  /** For use outside a container. */
  public SegmentUpkeep(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A segment that is due to be merged.
   *
   * @param createdAt nanoseconds since 1970
   */
  public record Due(SegmentPlace place, long createdAt) {}

  /**
   * The segment that is in one state for the longest time.
   *
   * @param createdBefore nanoseconds since 1970
   * @return null when all are younger
   */
  public @Nullable Due oldest(SegmentState state, long createdBefore) {
    // All from one index, which begins with the answer.
    String sql =
        "select stream_id, first_line, created_at from log_segment where state = ?"
            + " and created_at < ? order by state, created_at, stream_id, first_line limit 1";
    return Sql.of(dataSource, sql, state.name(), createdBefore)
        .first(row -> new Due(new SegmentPlace(row.getLong(1), row.getLong(2)), row.getLong(3)))
        .orElse(null);
  }

  /** The segments from a place on, up to the first that is in another state. */
  public List<SegmentInfo> run(SegmentState state, SegmentPlace from, int limit) {
    String sql =
        SegmentRows.COLUMNS
            + " where stream_id = ? and first_line >= ? order by stream_id, first_line limit ?";
    List<SegmentInfo> run = new ArrayList<>();
    Sql.of(dataSource, sql, from.streamId(), from.firstLine(), limit)
        .eachWhile(row -> SegmentRows.state(row) == state && run.add(SegmentRows.segment(row)));
    return run;
  }

  /** Changes the state of one segment. */
  public void mark(SegmentInfo segment, SegmentState state) {
    String sql = "update log_segment set state = ? where stream_id = ? and first_line = ?";
    Sql.of(dataSource, sql, state.name(), segment.streamId(), segment.firstLine()).change();
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
    new SegmentPayloads(dataSource).delete(neighbours);
    String sql =
        "delete from log_segment where stream_id = ? and first_line >= ? and first_line <= ?";
    return Sql.of(dataSource, sql, stream, first, last).change();
  }

  /** Segments of a stream that lie wholly below a line, oldest first. */
  public List<SegmentInfo> through(long streamId, long line, int limit) {
    String sql =
        SegmentRows.COLUMNS
            + " where stream_id = ? and first_line <= ? and first_line + line_count <= ?"
            + " order by stream_id, first_line limit ?";
    return query(sql, streamId, line, line + 1, limit);
  }

  /**
   * Segments of a stream that have lines behind one, oldest first.
   *
   * @param now nanoseconds since 1970
   */
  public List<SegmentAge> after(long streamId, long line, long now, int limit) {
    // The line may be in the middle of a segment, which then is the newest that begins before.
    List<SegmentAge> found =
        new ArrayList<>(
            ages(
                " and first_line <= ? order by stream_id desc, first_line desc limit ?",
                now,
                streamId,
                line,
                1));
    found.removeIf(segment -> segment.endLine() <= line + 1);
    found.addAll(
        ages(
            " and first_line > ? order by stream_id, first_line limit ?",
            now,
            streamId,
            line,
            limit - found.size()));
    return found;
  }

  private List<SegmentAge> ages(String which, Object... values) {
    String sql =
        "select stream_id, first_line + line_count, payload_bytes, "
            + SegmentAge.TIME
            + " from log_segment g where stream_id = ?"
            + which;
    return Sql.of(dataSource, sql, values)
        .list(row -> new SegmentAge(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4)));
  }

  private List<SegmentInfo> query(String sql, Object... values) {
    return Sql.of(dataSource, sql, values).list(SegmentRows::segment);
  }
}
