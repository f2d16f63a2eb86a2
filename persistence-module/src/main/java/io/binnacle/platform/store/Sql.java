package io.binnacle.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A statement and its values, run in the caller's transaction. Every failure becomes a {@link
 * StoreException} that names the statement, never its values: they may be secret.
 */
public final class Sql {
  private final DataSource dataSource;
  private final String text;
  private final @Nullable Object[] values;

  private Sql(DataSource dataSource, String text, @Nullable Object[] values) {
    this.dataSource = dataSource;
    this.text = text;
    this.values = values;
  }

  /**
   * A statement.
   *
   * @param text with a question mark for each value
   * @param values numbers, texts, bytes or null
   */
  public static Sql of(DataSource dataSource, String text, @Nullable Object... values) {
    return new Sql(dataSource, text, values);
  }

  /** Makes something of a row. */
  public interface Reading<T extends @Nullable Object> {
    /** Reads the row; it must not move on. */
    T read(ResultSet row) throws SQLException;
  }

  /** What every row says, in their order. */
  public <T> List<T> list(Reading<T> reading) {
    List<T> found = new ArrayList<>();
    each(row -> found.add(reading.read(row)));
    return found;
  }

  /** What the first row says; empty without a row, and when it says null. */
  public <T> Optional<T> first(Reading<@Nullable T> reading) {
    List<@Nullable T> found = new ArrayList<>();
    eachWhile(
        row -> {
          found.add(reading.read(row));
          return false;
        });
    return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.get(0));
  }

  /** The one number of the one row of an answer, such as a count. */
  public long number() {
    return first(row -> row.getLong(1)).orElseThrow();
  }

  /** Takes a row. */
  public interface Visitor {
    /** Takes the row; it must not move on. */
    void visit(ResultSet row) throws SQLException;
  }

  /**
   * Shows all rows as they come. H2 keeps a large answer on disk; MySQL's driver keeps it in
   * memory, and what would make it stream (a negative fetch size) is refused by Open Liberty.
   */
  public void each(Visitor visitor) {
    eachWhile(
        row -> {
          visitor.visit(row);
          return true;
        });
  }

  /**
   * Shows rows as they come.
   *
   * @param visitor answers whether the next one is wanted, too
   */
  public void eachWhile(Reading<Boolean> visitor) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      boolean more = true;
      while (more && rows.next()) {
        more = visitor.read(rows);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Changes rows, and answers how many. */
  public int change() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Inserts a row; false when there is one with its key. */
  public boolean insertIfAbsent() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection)) {
      statement.executeUpdate();
      return true;
    } catch (SQLIntegrityConstraintViolationException e) {
      return false;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private StoreException failed(SQLException e) {
    return new StoreException("The database failed at: " + text, e);
  }
}
