package io.binnacle.platform.store;

import io.binnacle.platform.store.WatchedMigration.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A process that migrates several databases at once, stops each one right after one statement, and
 * is killed when all stand there.
 */
final class MigrationVictim {
  private static final int KILLED = 128 + 9;

  /** Held, so that its level is not forgotten. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private MigrationVictim() {}

  /** A database, and the statement that is the last one. */
  record Cut(String url, Rows rows, String version, int statement) {
    private static final int WORDS = 4;

    List<String> words() {
      return List.of(url, rows.name(), version, Integer.toString(statement));
    }

    static Cut of(String[] words, int from) {
      return new Cut(
          words[from],
          Rows.valueOf(words[from + 1]),
          words[from + 2],
          Integer.parseInt(words[from + 3]));
    }
  }

  /** Starts it, and kills it when all databases are where they are to be cut. */
  static void kill(List<Cut> cuts) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MigrationVictim.class.getName()));
    cuts.forEach(cut -> command.addAll(cut.words()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    int reached = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      while (lines.readLine() != null) {
        if (++reached == cuts.size()) {
          // Process.destroyForcibly would close what is still to be read.
          process.toHandle().destroyForcibly();
        }
      }
    }
    if (process.waitFor() != KILLED || reached != cuts.size()) {
      throw new AssertionError("Only " + reached + " came to where they are to be cut: " + cuts);
    }
  }

  /** Stands still when all databases do. */
  public static void main(String[] words) {
    FLYWAY.setLevel(Level.WARNING);
    for (int from = 0; from < words.length; from += Cut.WORDS) {
      Cut cut = Cut.of(words, from);
      new Thread(() -> migrate(cut), cut.toString()).start();
    }
  }

  private static void migrate(Cut cut) {
    try {
      WatchedMigration.migrate(
          cut.url(),
          cut.rows(),
          (version, statement) -> {
            if (version.equals(cut.version()) && statement == cut.statement()) {
              System.out.println(cut);
              standStill();
            }
          });
      System.err.println("Nothing stopped it: " + cut);
    } catch (RuntimeException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(1);
  }

  private static void standStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
