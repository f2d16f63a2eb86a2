package io.binnacle.metrics.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** A double in two columns, because MySQL has neither NaN nor infinities. */
final class StoredNumber {
  private static final int FINITE = 0;
  private static final int NAN = 1;
  private static final int INFINITE = 2;
  private static final int MINUS_INFINITE = 3;

  private StoredNumber() {}

  /** Binds the value at an index and its kind at the next. */
  static void bind(PreparedStatement statement, int index, double value) throws SQLException {
    if (Double.isFinite(value)) {
      statement.setDouble(index, value);
      statement.setInt(index + 1, FINITE);
      return;
    }
    statement.setNull(index, Types.DOUBLE);
    int infinite = value > 0 ? INFINITE : MINUS_INFINITE;
    statement.setInt(index + 1, Double.isNaN(value) ? NAN : infinite);
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
