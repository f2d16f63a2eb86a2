package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store asks of a statement. */
abstract class SqlContract extends StoreContract {
  private static final String INSERT =
      "insert into setting (name, content, changed_at) values (?, ?, ?)";
  private static final String NAMES = "select name from setting order by name";

  private DataSource dataSource;

  @Override
  protected void prepare(TestDatabase empty) {
    dataSource = empty.dataSource();
  }

  @BeforeEach
  void empty() {
    sql("delete from setting").change();
  }

  @Test
  void aStatementChangesRowsAndTellsHowMany() {
    sql(INSERT, "a", "1", 7).change();
    sql(INSERT, "b", "2", 8L).change();

    assertEquals(2, sql("update setting set content = ?", "3").change());
    assertEquals(
        List.of("a 3 7", "b 3 8"),
        sql("select name, content, changed_at from setting order by name")
            .list(row -> row.getString(1) + " " + row.getString(2) + " " + row.getLong(3)));
  }

  @Test
  void theFirstRowIsEmptyWithoutARowAndWhenItSaysNull() {
    assertEquals(Optional.empty(), sql(NAMES).first(row -> row.getString(1)));
    assertEquals(
        Optional.empty(), sql("select max(name) from setting").first(row -> row.getString(1)));

    sql(INSERT, "a", "1", 7).change();
    sql(INSERT, "b", "2", 8).change();
    assertEquals(Optional.of("a"), sql(NAMES).first(row -> row.getString(1)));
    assertEquals(2, sql("select count(*) from setting").number());
  }

  @Test
  void rowsAreShownUntilNoMoreAreWanted() {
    List<Name> names = names(5);
    writer().write(dataSource, names, SqlContract::bind);
    List<String> seen = new ArrayList<>();

    sql(NAMES).eachWhile(row -> seen.add(row.getString(1)) && seen.size() < 3);

    assertEquals(List.of("n000", "n001", "n002"), seen);
  }

  @Test
  void aRowIsInsertedUnlessItsKeyIsThere() {
    assertTrue(sql(INSERT, "a", "1", 7).insertIfAbsent());
    assertFalse(sql(INSERT, "a", "2", 8).insertIfAbsent());

    assertEquals(List.of("1"), sql("select content from setting").list(row -> row.getString(1)));
  }

  @Test
  void aFailureNamesTheStatementAndKeepsTheValuesSecret() {
    sql(INSERT, "secret", "1", 7).change();

    StoreException failure =
        assertThrows(StoreException.class, () -> sql(INSERT, "secret", "1", 7).change());

    assertEquals("The database failed at: " + INSERT, failure.getMessage());
    assertInstanceOf(SQLException.class, failure.getCause());
  }

  @Test
  void manyRowsAreWrittenAtOnceAndReplacedWhereTheyAreThere() {
    List<Name> names = names(100);
    writer().write(dataSource, names.subList(0, 70), SqlContract::bind);
    writer().write(dataSource, names, SqlContract::bind);
    writer().write(dataSource, List.<Name>of(), SqlContract::bind);

    assertEquals(names.stream().map(Name::name).toList(), sql(NAMES).list(row -> row.getString(1)));
  }

  private record Name(String name, int number) {}

  private static List<Name> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Name("n%03d".formatted(i), i)).toList();
  }

  private static RowWriter writer() {
    return new RowWriter("replace into setting (name, content, changed_at)", 3);
  }

  private static void bind(Name name, RowWriter.Parameters row) throws SQLException {
    row.add(name.name()).add("x").add(name.number());
  }

  private Sql sql(String text, @Nullable Object... values) {
    return Sql.of(dataSource, text, values);
  }
}
