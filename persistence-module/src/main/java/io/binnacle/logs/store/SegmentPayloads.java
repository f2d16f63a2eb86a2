package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The payloads of segments, in a table that scans of the metadata never touch. */
final class SegmentPayloads {
  /**
   * Payloads of one question: MySQL compares every row that it finds with all that are asked for.
   */
  private static final int MOST = 128;

  private static final RowWriter ROWS =
      new RowWriter("insert into log_segment_data (stream_id, first_line, payload)", 3);

  private final DataSource dataSource;

  SegmentPayloads(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  void put(List<NewSegment> segments) {
    ROWS.write(
        dataSource,
        segments,
        (segment, row) ->
            row.add(segment.stream().id())
                .add(segment.firstLine())
                .add(segment.encoded().payload()));
  }

  /** Those that exist. */
  Map<SegmentPlace, byte[]> get(List<SegmentInfo> infos) {
    Map<SegmentPlace, byte[]> found = new HashMap<>();
    for (int from = 0; from < infos.size(); from += MOST) {
      List<SegmentInfo> some = infos.subList(from, Math.min(infos.size(), from + MOST));
      if (SegmentInfo.areNeighbours(some)) {
        range(some, found);
      } else {
        places(some, found);
      }
    }
    return found;
  }

  private void range(List<SegmentInfo> infos, Map<SegmentPlace, byte[]> found) {
    long one = infos.get(0).firstLine();
    long other = infos.get(infos.size() - 1).firstLine();
    String sql =
        "select stream_id, first_line, payload from log_segment_data"
            + " where stream_id = ? and first_line >= ? and first_line <= ?";
    long stream = infos.get(0).streamId();
    read(Sql.of(dataSource, sql, stream, Math.min(one, other), Math.max(one, other)), found);
  }

  private void places(List<SegmentInfo> infos, Map<SegmentPlace, byte[]> found) {
    int marks = Marks.rounded(infos.size());
    String sql =
        "select stream_id, first_line, payload from log_segment_data"
            + " where (stream_id, first_line) in ("
            + Marks.of(marks, "(?, ?)")
            + ")";
    Object[] values = new Object[2 * marks];
    for (int i = 0; i < marks; i++) {
      SegmentInfo info = infos.get(Math.min(i, infos.size() - 1));
      values[2 * i] = info.streamId();
      values[2 * i + 1] = info.firstLine();
    }
    read(Sql.of(dataSource, sql, values), found);
  }

  private static void read(Sql sql, Map<SegmentPlace, byte[]> found) {
    sql.each(row -> found.put(new SegmentPlace(row.getLong(1), row.getLong(2)), row.getBytes(3)));
  }

  /** Removes those of a stream that begin in a range of lines. */
  void delete(long streamId, long firstLine, long lastLine) {
    String sql =
        "delete from log_segment_data where stream_id = ? and first_line >= ? and first_line <= ?";
    Sql.of(dataSource, sql, streamId, firstLine, lastLine).change();
  }
}
