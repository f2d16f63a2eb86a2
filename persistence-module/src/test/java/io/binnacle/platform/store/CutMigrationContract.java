package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A start that is killed in the middle of a migration is made good by the next one. */
abstract class CutMigrationContract extends StoreContract {
  private DataSource dataSource;
  private SortedSet<String> whole;

  @Override
  protected void prepare(TestDatabase empty) {
    dataSource = empty.dataSource();
    whole = shape();
  }

  @AfterEach
  void startAgainWithAWholeSchema() {
    flyway().load().clean();
    flyway().load().migrate();
  }

  @Test
  void everyMigrationIsMadeWholeThatWasCutAfterItsFirstStatement() {
    cutEveryMigration(statements -> 1);
  }

  @Test
  void everyMigrationIsMadeWholeThatWasCutInItsMiddle() {
    cutEveryMigration(statements -> (statements + 1) / 2);
  }

  @Test
  void everyMigrationIsMadeWholeThatWasCutBeforeItsEndWasNoted() {
    cutEveryMigration(statements -> statements);
  }

  @Test
  void aTableThatSomebodyElseFilledIsNotRemoved() {
    flyway().load().clean();
    execute(List.of("create table project (id bigint)", "insert into project values (1)"));

    assertThrows(RuntimeException.class, () -> flyway().baselineVersion("0").load().migrate());

    execute(List.of("drop table project"));
  }

  private void cutEveryMigration(IntUnaryOperator cut) {
    flyway().load().clean();
    MigrationInfo[] all = flyway().load().info().pending();
    assertTrue(all.length > 5, "there are migrations");
    for (MigrationInfo migration : all) {
      List<String> statements = statements(migration.getScript());
      execute(statements.subList(0, cut.applyAsInt(statements.size())));
      // Without a history Flyway takes tables for somebody else's; a server makes it first of all.
      flyway()
          .baselineOnMigrate(true)
          .baselineVersion("-1")
          .target(migration.getVersion())
          .load()
          .migrate();
    }
    assertEquals(whole, shape());
  }

  private FluentConfiguration flyway() {
    return Schema.of(dataSource).cleanDisabled(false);
  }

  private List<String> statements(String script) {
    for (Location folder : flyway().getLocations()) {
      try (InputStream in =
          CutMigrationContract.class.getResourceAsStream(
              "/" + folder.getRootPath() + "/" + script)) {
        if (in != null) {
          String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          return Arrays.stream(sql.replaceAll("(?m)^--.*$", "").split(";\\s*(\n|$)"))
              .filter(statement -> !statement.isBlank())
              .toList();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("There is no script " + script);
  }

  /** On one connection: scripts for MySQL keep values in it. */
  private void execute(List<String> statements) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(String.join(";\n", statements), e);
    }
  }

  /** Every column and every index. */
  private SortedSet<String> shape() {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseMetaData data = connection.getMetaData();
      String catalog = connection.getCatalog();
      String schema = connection.getSchema();
      SortedSet<String> shape = new TreeSet<>();
      List<String> tables = new ArrayList<>();
      try (ResultSet columns = data.getColumns(catalog, schema, "%", "%")) {
        while (columns.next()) {
          String table = columns.getString("TABLE_NAME");
          tables.add(table);
          shape.add(
              String.join(
                  " ",
                  table,
                  columns.getString("COLUMN_NAME"),
                  columns.getString("TYPE_NAME"),
                  columns.getString("COLUMN_SIZE"),
                  columns.getString("IS_NULLABLE")));
        }
      }
      for (String table : new TreeSet<>(tables)) {
        try (ResultSet indexes = data.getIndexInfo(catalog, schema, table, false, true)) {
          while (indexes.next()) {
            shape.add(
                String.join(
                    " ",
                    table,
                    givenName(indexes.getString("INDEX_NAME")),
                    indexes.getString("ORDINAL_POSITION"),
                    indexes.getString("COLUMN_NAME"),
                    indexes.getString("ASC_OR_DESC")));
          }
        }
      }
      return shape;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without what H2 adds by chance. */
  private static String givenName(String index) {
    return index.replaceFirst("(PRIMARY_KEY|_INDEX)_\\w+$", "$1");
  }
}
