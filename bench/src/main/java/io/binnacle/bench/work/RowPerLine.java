package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.LogLine;
import io.binnacle.bench.data.TrainingLogs;
import io.binnacle.bench.server.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The peer: a table with a row for each line in the same database, given its best (no HTTP, no
 * JSON, two connections, 1,600 rows a transaction, each commit on disk).
 */
public final class RowPerLine implements Benchmark {
  private static final int CONNECTIONS = 2;
  private static final int ROWS_PER_COMMIT = 1_600;
  private static final int WARM_UP_RUN = 100;
  private static final int WARM_UP_LINES = 20_000;
  private static final String INSERT =
      "insert into log_line (run_id, line_number, level, source, logged_at, message)"
          + " values (?, ?, ?, ?, ?, ?)";

  @Override
  public void run(Bench bench) {
    Database database = bench.databases().database();
    List<List<LogLine>> logs = render(bench.options().size(1_000_000) / CONNECTIONS);
    try {
      create(database);
      load(database, WARM_UP_RUN, logs.stream().map(log -> log.subList(0, WARM_UP_LINES)).toList());
      double seconds = load(database, 0, logs);
      long rows = logs.stream().mapToLong(List::size).sum();
      bench.facts().rowsPerSecond(rows / seconds);
      bench
          .report()
          .add(
              "peer: a row per line, " + Report.count(rows) + " rows",
              Report.count(rows / seconds)
                  + " lines/s; latest 500 in "
                  + Report.millis(latest(database))
                  + "; rare substring in "
                  + Report.millis(like(database)),
              "",
              "");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Before the clock starts: the generator's work is not the database's. */
  private static List<List<LogLine>> render(int linesEach) {
    List<List<LogLine>> logs = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      TrainingLogs source = new TrainingLogs(i, Instant.now(), 200_000);
      List<LogLine> lines = new ArrayList<>(linesEach);
      for (int k = 0; k < linesEach; k++) {
        lines.add(source.next());
      }
      logs.add(lines);
    }
    return logs;
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(
        database.rowsUrl(), database.rowsUser(), database.rowsPassword());
  }

  private static void create(Database database) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists log_line");
      statement.execute(
          "create table log_line (run_id bigint not null, line_number bigint not null,"
              + " level varchar(32) not null, source varchar(50) not null,"
              + " logged_at bigint not null, message "
              + (database.embedded() ? "varchar(65536)" : "mediumtext")
              + " not null, primary key (run_id, line_number))");
      statement.execute("create index log_line_level on log_line (run_id, level)");
    }
  }

  private static double load(Database database, int firstRun, List<List<LogLine>> logs) {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Callable<@Nullable Void>> writers = new ArrayList<>();
      for (int i = 0; i < logs.size(); i++) {
        int run = firstRun + i;
        List<LogLine> lines = logs.get(i);
        writers.add(() -> write(database, run, lines));
      }
      long start = System.nanoTime();
      for (Future<@Nullable Void> written : threads.invokeAll(writers)) {
        written.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static @Nullable Void write(Database database, int run, List<LogLine> lines)
      throws SQLException {
    try (Connection connection = connect(database);
        Statement checkpoint = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < lines.size(); i++) {
        bind(insert, run, i + 1, lines.get(i));
        if ((i + 1) % ROWS_PER_COMMIT == 0 || i + 1 == lines.size()) {
          insert.executeBatch();
          connection.commit();
          if (database.embedded()) {
            checkpoint.execute("checkpoint sync");
          }
        }
      }
    }
    return null;
  }

  private static void bind(PreparedStatement insert, int run, int number, LogLine line)
      throws SQLException {
    insert.setLong(1, run);
    insert.setLong(2, number);
    insert.setString(3, line.level());
    insert.setString(4, line.source());
    insert.setLong(5, line.timeNanos());
    insert.setString(6, line.message());
    insert.addBatch();
  }

  private static double latest(Database database) throws SQLException {
    return query(
        database,
        "select * from log_line where run_id = 0 order by run_id desc, line_number desc limit 500");
  }

  private static double like(Database database) throws SQLException {
    return query(
        database, "select * from log_line where message like '%" + TrainingLogs.NEEDLE + "%'");
  }

  /** The second of two executions, in milliseconds, all rows read. */
  private static double query(Database database, String sql) throws SQLException {
    double millis = 0;
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 2; i++) {
        long start = System.nanoTime();
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            rows.getString(6);
          }
        }
        millis = (System.nanoTime() - start) / 1e6;
      }
    }
    return millis;
  }
}
