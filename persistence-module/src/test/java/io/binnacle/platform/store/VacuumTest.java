package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VacuumTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int ROWS = 2000;
  private static final int KILLS = 3;

  @TempDir Path directory;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(url(), "sa", "");
    execute("create table note (id bigint primary key, label varchar(100), text varbinary(8000))");
    execute("create index ix_note_label on note (label)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void afterManySmallCommitsTheFileIsShortenedAndNoRowIsLost() throws Exception {
    write(connection, 0, ROWS);
    long before = size();

    clean(new Vacuum(url(), "sa", ""));

    assertTrue(size() < before / 2, size() + " of " + before + " bytes are left");
    assertEquals(sums(0, ROWS), sums());
    connection.close();
    open(url());
    assertEquals(sums(0, ROWS), sums());
  }

  @Test
  void writersGoOnMeanwhile() throws Exception {
    write(connection, 0, ROWS);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Callable<Void> writing =
          () -> {
            try (Connection own = DriverManager.getConnection(url(), "sa", "")) {
              write(own, ROWS, 2 * ROWS);
            }
            return null;
          };
      Future<Void> written = other.submit(writing);
      Vacuum vacuum = new Vacuum(url(), "sa", "");
      while (!written.isDone()) {
        vacuum.run(Duration.ofMillis(50));
      }
      written.get();
    } finally {
      other.shutdownNow();
    }
    assertEquals(sums(0, 2 * ROWS), sums());
  }

  @Test
  void whatWasCommittedSurvivesAKillInTheMiddle() throws Exception {
    connection.close();
    for (int kill = 1; kill <= KILLS; kill++) {
      long acknowledged = VacuumVictim.kill(url(), kill * 1000L);
      open(url());
      assertTrue(acknowledged <= count(), count() + " of " + acknowledged + " rows are left");
      connection.close();
    }
  }

  @Test
  void aFileWithoutDeadSpaceIsLeftAlone() throws Exception {
    write(connection, 0, ROWS);
    Vacuum vacuum = new Vacuum(url(), "sa", "");
    clean(vacuum);
    byte[] before = Files.readAllBytes(file());

    vacuum.run(LONG);

    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file())));
  }

  @Test
  void aDatabaseInMemoryHasNoFileToShorten() throws SQLException {
    try (Connection held = DriverManager.getConnection("jdbc:h2:mem:vacuum", "sa", "")) {
      new Vacuum("jdbc:h2:mem:vacuum", "sa", "").run(LONG);
      assertTrue(held.isValid(0));
    }
  }

  /** Right after many commits nothing is moved: the second round does that. */
  private static void clean(Vacuum vacuum) {
    vacuum.run(LONG);
    vacuum.run(LONG);
  }

  /** As in the server, except that dead space is taken at once and not after 45 seconds. */
  private String url() {
    return "jdbc:h2:file:"
        + directory.resolve("vacuum")
        + ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private Path file() {
    return directory.resolve("vacuum.mv.db");
  }

  private long size() throws IOException {
    return Files.size(file());
  }

  private void open(String url) throws SQLException {
    connection = DriverManager.getConnection(url, "sa", "");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void write(Connection connection, int from, int to) throws SQLException {
    byte[] text = new byte[1000];
    Random random = new Random(from);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into note values (?, ?, ?)")) {
      for (int i = from; i < to; i++) {
        random.nextBytes(text);
        insert.setLong(1, i);
        insert.setString(2, "label " + random.nextInt());
        insert.setBytes(3, text);
        insert.executeUpdate();
      }
    }
  }

  private long count() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(text) from note")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String sums(int from, int to) {
    return (to - from) + " rows, ids " + ((long) to * (to - 1) / 2 - (long) from * (from - 1) / 2);
  }

  private String sums() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(text), sum(id) from note")) {
      row.next();
      return row.getLong(1) + " rows, ids " + row.getLong(2);
    }
  }
}
