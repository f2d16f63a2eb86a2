package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
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

  private final DataSource dataSource;

  SegmentPayloads(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  void put(List<NewSegment> segments) {
    String sql = "insert into log_segment_data (stream_id, first_line, payload) values (?, ?, ?)";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement payloads = connection.prepareStatement(sql)) {
      for (NewSegment segment : segments) {
        payloads.setLong(1, segment.stream().id());
        payloads.setLong(2, segment.firstLine());
        payloads.setBytes(3, segment.encoded().payload());
        payloads.addBatch();
      }
      payloads.executeBatch();
    } catch (SQLException e) {
      throw new StoreException("The segments can't be written", e);
    }
  }

  /** Those that exist. */
  Map<SegmentPlace, byte[]> get(List<SegmentInfo> infos) {
    Map<SegmentPlace, byte[]> found = new HashMap<>();
    for (int from = 0; from < infos.size(); from += MOST) {
      get(infos.subList(from, Math.min(infos.size(), from + MOST)), found);
    }
    return found;
  }

  private void get(List<SegmentInfo> infos, Map<SegmentPlace, byte[]> found) {
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
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(new SegmentPlace(rows.getLong(1), rows.getLong(2)), rows.getBytes(3));
        }
      }
    } catch (SQLException e) {
      throw new StoreException("Segments can't be read", e);
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
