package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import io.binnacle.platform.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Questions to the metadata of segments, whose parameters are all numbers. */
final class SegmentRows {
  /** The beginning of every question that answers with segments. */
  static final String COLUMNS =
      "select stream_id, first_line, line_count, bucket, min_time, max_time, severity_mask,"
          + " level_counts, source_counts, raw_bytes, payload_bytes, checksum, state from log_segment";

  private static final int STATE = 13;

  private final DataSource dataSource;

  SegmentRows(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Takes what it wants of a row, such as an element for a list. */
  interface Reading {
    /**
     * Reads a row.
     *
     * @return whether the next one is wanted, too
     */
    boolean read(ResultSet row) throws SQLException;
  }

  List<SegmentInfo> list(String sql, long... parameters) {
    List<SegmentInfo> segments = new ArrayList<>();
    each(segments::add, sql, parameters);
    return segments;
  }

  void each(Consumer<SegmentInfo> visitor, String sql, long... parameters) {
    read(
        row -> {
          visitor.accept(segment(row));
          return true;
        },
        sql,
        parameters);
  }

  void read(Reading reading, String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        boolean more = true;
        while (more && rows.next()) {
          more = reading.read(rows);
        }
      }
    } catch (SQLException e) {
      throw new StoreException("The segments can't be read", e);
    }
  }

  /** Changes rows, and answers how many. */
  int change(String sql, long... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("The segments can't be changed", e);
    }
  }

  /** The state of a row of {@link #COLUMNS}. */
  static SegmentState state(ResultSet row) throws SQLException {
    return SegmentState.valueOf(row.getString(STATE));
  }

  /** The segment of a row of {@link #COLUMNS}. */
  static SegmentInfo segment(ResultSet row) throws SQLException {
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

  private static void bind(PreparedStatement statement, long... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
  }
}
