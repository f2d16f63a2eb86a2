package io.binnacle.platform.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A process that writes rows, says so after each commit, and vacuums all the time. */
final class VacuumVictim {
  private VacuumVictim() {}

  /**
   * Starts it, and kills it once there are so many rows.
   *
   * @return the last number of rows that it told
   */
  static long kill(String url, long rows) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                VacuumVictim.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long told = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told = Long.parseLong(line);
        if (told >= rows) {
          // Process.destroyForcibly would close what is still to be read.
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return told;
  }

  /** Writes until it is killed. */
  public static void main(String[] arguments) throws SQLException {
    String url = arguments[0];
    Thread vacuum = new Thread(() -> vacuum(url));
    vacuum.setDaemon(true);
    vacuum.start();
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      for (int row = rows(connection); ; row++) {
        VacuumTest.write(connection, row, row + 1);
        System.out.println(row + 1);
      }
    }
  }

  private static void vacuum(String url) {
    Vacuum vacuum = new Vacuum(url, "sa", "");
    while (true) {
      vacuum.run(Duration.ofMillis(50));
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from note")) {
      row.next();
      return row.getInt(1);
    }
  }
}
