package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.platform.store.RowWriter;
import io.binnacle.platform.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    try (Connection connection = dataSource.getConnection()) {
      ROWS.write(
          connection,
          segments,
          (segment, row) ->
              row.add(segment.stream().id())
                  .add(segment.firstLine())
                  .add(segment.encoded().payload()));
    } catch (SQLException e) {
      throw new StoreException("The segments can't be written", e);
    }
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
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, infos.get(0).streamId());
      statement.setLong(2, Math.min(one, other));
      statement.setLong(3, Math.max(one, other));
      read(statement, found);
    } catch (SQLException e) {
      throw new StoreException("Segments can't be read", e);
    }
  }

  private void places(List<SegmentInfo> infos, Map<SegmentPlace, byte[]> found) {
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
      read(statement, found);
    } catch (SQLException e) {
      throw new StoreException("Segments can't be read", e);
    }
  }

  private static void read(PreparedStatement statement, Map<SegmentPlace, byte[]> found)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.put(new SegmentPlace(rows.getLong(1), rows.getLong(2)), rows.getBytes(3));
      }
    }
  }

  /** Removes those of a stream that begin in a range of lines. */
  void delete(long streamId, long firstLine, long lastLine) {
    String sql =
        "delete from log_segment_data where stream_id = ? and first_line >= ? and first_line <= ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, streamId);
      statement.setLong(2, firstLine);
      statement.setLong(3, lastLine);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The segments can't be changed", e);
    }
  }
}
