package io.binnacle.metrics.store;

import io.binnacle.platform.store.RowWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A double in two columns, because MySQL has neither NaN nor infinities. */
final class StoredNumber {
  private static final int FINITE = 0;
  private static final int NAN = 1;
  private static final int INFINITE = 2;
  private static final int MINUS_INFINITE = 3;

  private StoredNumber() {}

  /** Adds the value and its kind. */
  static RowWriter.Parameters add(RowWriter.Parameters row, double value) throws SQLException {
    if (Double.isFinite(value)) {
      return row.add(Double.valueOf(value)).add(FINITE);
    }
    int infinite = value > 0 ? INFINITE : MINUS_INFINITE;
    return row.add((Double) null).add(Double.isNaN(value) ? NAN : infinite);
  }

  /** Reads the value at an index with its kind at the next. */
  static double read(ResultSet row, int index) throws SQLException {
    double number = row.getDouble(index);
    return switch (row.getInt(index + 1)) {
      case FINITE -> number;
      case INFINITE -> Double.POSITIVE_INFINITY;
      case MINUS_INFINITE -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }
}
