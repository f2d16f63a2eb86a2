package io.binnacle.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows of one table with few statements. A JDBC batch is a statement and an answer for
 * each row on MySQL, unless its driver writes one text of them all, with bytes in hexadecimal. So
 * up to {@value #MOST_ROWS} rows go into one statement, and the one for each number of rows stays
 * prepared.
 */
public final class RowWriter {
  private static final int MOST_ROWS = 32;

  private final String into;
  private final String marks;

  /**
   * @param into the statement up to its values, such as {@code insert into t (a, b)}
   * @param columns how many values a row has
   */
  public RowWriter(String into, int columns) {
    this.into = into + " values ";
    this.marks = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
  }

  /** Tells the values of a row, in the order of its columns. */
  public interface Binding<T> {
    /** Adds the values. */
    void bind(T row, Parameters to) throws SQLException;
  }

  /** The parameters of a statement, filled one after the other. */
  public static final class Parameters implements AutoCloseable {
    private static final byte[] NO_BYTES = {};

    private final PreparedStatement statement;
    private final BitSet bytes = new BitSet();
    private int count;

    private Parameters(PreparedStatement statement) {
      this.statement = statement;
    }

    /** Adds a number. */
    public Parameters add(long value) throws SQLException {
      statement.setLong(++count, value);
      return this;
    }

    /** Adds a number or nothing. */
    public Parameters add(@Nullable Double value) throws SQLException {
      statement.setObject(++count, value, Types.DOUBLE);
      return this;
    }

    /** Adds a text. */
    public Parameters add(String value) throws SQLException {
      statement.setString(++count, value);
      return this;
    }

    /** Adds bytes. */
    public Parameters add(byte[] value) throws SQLException {
      statement.setBytes(++count, value);
      bytes.set(count);
      return this;
    }

    /**
     * Lets go of the bytes. The server keeps the statement for its next user with whatever is bound
     * to it, which may be megabytes for each number of rows and each connection. ({@code
     * clearParameters} would do the same at the price of a round trip on MySQL.)
     */
    @Override
    public void close() throws SQLException {
      for (int index = bytes.nextSetBit(0); index > 0; index = bytes.nextSetBit(index + 1)) {
        statement.setBytes(index, NO_BYTES);
      }
    }
  }

  /** Writes rows, in the caller's transaction. */
  public <T> void write(DataSource dataSource, List<T> rows, Binding<T> binding) {
    try (Connection connection = dataSource.getConnection()) {
      int from = 0;
      while (from < rows.size()) {
        int count = Math.min(MOST_ROWS, rows.size() - from);
        writeOnce(connection, rows.subList(from, from + count), binding);
        from += count;
      }
    } catch (SQLException e) {
      throw new StoreException("The database failed at: " + into, e);
    }
  }

  private <T> void writeOnce(Connection connection, List<T> rows, Binding<T> binding)
      throws SQLException {
    String sql = into + String.join(", ", Collections.nCopies(rows.size(), marks));
    try (PreparedStatement statement = connection.prepareStatement(sql);
        Parameters parameters = new Parameters(statement)) {
      for (T row : rows) {
        binding.bind(row, parameters);
      }
      statement.executeUpdate();
    }
  }
}
