package io.binnacle.platform.store;

import static io.binnacle.platform.store.WatchedMigration.migrate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.store.MigrationVictim.Cut;
import io.binnacle.platform.store.WatchedMigration.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A start that is killed inside a migration is made good by the next one: after every statement of
 * every migration, on databases with and without rows.
 */
abstract class CutMigrationContract {
  /** Databases of a kind that are cut at the same time, each by and by at other statements. */
  private static final int LANES = 8;

  /** Makes a database without tables, and tells its address. */
  protected abstract String emptyDatabase();

  private record Place(String version, int statement) {}

  @Test
  void everyMigrationIsMadeWholeThatWasKilledAfterAnyOfItsStatements() throws Exception {
    List<Place> places = new ArrayList<>();
    String whole = emptyDatabase();
    migrate(whole, Rows.NONE, (version, statement) -> places.add(new Place(version, statement)));
    assertTrue(places.size() > 40, "there are migrations");
    String wholeWithRows = emptyDatabase();
    migrate(wholeWithRows, Rows.SOME, (version, statement) -> {});
    List<String> empty = databases();
    List<String> filled = databases();

    for (int from = 0; from < places.size(); from += LANES) {
      List<Cut> cuts = new ArrayList<>();
      for (int lane = 0; lane < LANES && from + lane < places.size(); lane++) {
        Place place = places.get(from + lane);
        cuts.add(new Cut(empty.get(lane), Rows.NONE, place.version(), place.statement()));
        cuts.add(new Cut(filled.get(lane), Rows.SOME, place.version(), place.statement()));
      }
      MigrationVictim.kill(cuts);
    }

    for (String url : empty) {
      finish(url, Rows.NONE, whole);
    }
    for (String url : filled) {
      finish(url, Rows.SOME, wholeWithRows);
    }
  }

  private List<String> databases() {
    return Stream.generate(this::emptyDatabase).limit(LANES).toList();
  }

  private static void finish(String url, Rows rows, String whole) throws SQLException {
    migrate(url, rows, (version, statement) -> {});
    try (Connection made = DriverManager.getConnection(url);
        Connection wanted = DriverManager.getConnection(whole)) {
      assertEquals(Tables.shape(wanted), Tables.shape(made));
      SortedSet<String> contents = Tables.contents(made);
      assertEquals(rows == Rows.NONE, contents.isEmpty());
      assertEquals(Tables.contents(wanted), contents);
    }
  }

  @Test
  void aTableThatSomebodyElseFilledIsNotRemoved() throws SQLException {
    String url = emptyDatabase();
    RuntimeException refusal =
        assertThrows(
            RuntimeException.class,
            () ->
                migrate(
                    url,
                    Rows.NONE,
                    (version, statement) -> {
                      if (version.equals("001") && statement == 1) {
                        makeTable(url);
                      }
                    }));

    assertTrue(messages(refusal).contains("the table project, which exists and is not empty"));
    try (Connection connection = DriverManager.getConnection(url)) {
      assertTrue(Tables.contents(connection).contains("project id=1 "));
    }
  }

  private static void makeTable(String url) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create table project (id bigint)");
      statement.execute("insert into project values (1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String messages(Throwable refusal) {
    return Stream.iterate(refusal, Objects::nonNull, Throwable::getCause)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }
}
