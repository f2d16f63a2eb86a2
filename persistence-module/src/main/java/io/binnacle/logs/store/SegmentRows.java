package io.binnacle.logs.store;

import io.binnacle.logs.entity.SegmentInfo;
import io.binnacle.logs.entity.SegmentState;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The metadata of segments, as every question asks for them. */
final class SegmentRows {
  /** The beginning of every question that answers with segments. */
  static final String COLUMNS =
      "select stream_id, first_line, line_count, bucket, min_time, max_time, severity_mask,"
          + " level_counts, source_counts, raw_bytes, payload_id, payload_bytes, checksum, state from log_segment";

  private static final int STATE = 14;

  private SegmentRows() {}

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
        row.getLong(11),
        row.getInt(12),
        row.getInt(13));
  }
}
