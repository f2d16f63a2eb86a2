package io.binnacle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The MySQL 8 of this JVM: started with the first test that needs it on a copy of an empty data
 * directory, and ended with the JVM. {@code BINNACLE_TEST_MYSQL_URL}, with user and password as
 * parameters, names another server instead; the account must be allowed to create databases.
 */
public final class MySqlServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static @Nullable MySqlServer shared;

  private final String url;

  private MySqlServer(String url) {
    this.url = url;
  }

  /** The server of this JVM. */
  public static synchronized MySqlServer shared() {
    MySqlServer server = shared;
    if (server == null) {
      String given = System.getenv("BINNACLE_TEST_MYSQL_URL");
      server = given == null || given.isBlank() ? start() : new MySqlServer(given);
      shared = server;
    }
    return server;
  }

  /** JDBC URL with user and password, without a schema. */
  public String url() {
    return url;
  }

  private static MySqlServer start() {
    try {
      MySqlInstallation installation = MySqlInstallation.prepared();
      Path directory = Files.createTempDirectory("binnacle-mysql");
      copy(installation.template(), directory.resolve("data"));
      int port = freePort();
      Process server = launch(installation, directory, port);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, directory)));
      awaitReady(server, directory.resolve("mysqld.log"));
      return new MySqlServer("jdbc:mysql://127.0.0.1:" + port + "/?user=root");
    } catch (IOException e) {
      throw new UncheckedIOException("MySQL can't be started; " + MySqlInstallation.ADVICE, e);
    }
  }

  private static Process launch(MySqlInstallation installation, Path directory, int port)
      throws IOException {
    List<String> command = new ArrayList<>(installation.command(directory.resolve("data")));
    command.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--skip-mysqlx",
            "--socket=" + directory.resolve("s"),
            "--pid-file=" + directory.resolve("pid"),
            "--innodb-buffer-pool-size=64M",
            "--innodb-redo-log-capacity=32M",
            "--innodb-flush-log-at-trx-commit=2",
            "--skip-log-bin",
            "--performance-schema=OFF",
            "--max-allowed-packet=64M"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("mysqld.log").toFile())
        .start();
  }

  private static void awaitReady(Process server, Path log) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.readString(log).contains("ready for connections")) {
      if (System.nanoTime() > deadline || ended(server)) {
        server.destroyForcibly();
        throw new IllegalStateException(
            "MySQL does not start; " + MySqlInstallation.ADVICE + "\n" + Files.readString(log));
      }
    }
  }

  /** Waits a moment for an end that should not come. */
  private static boolean ended(Process server) {
    try {
      return server.waitFor(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void stop(Process server, Path directory) {
    server.destroyForcibly();
    server.onExit().join();
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      System.err.println("Left behind: " + directory + " (" + e + ")");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
