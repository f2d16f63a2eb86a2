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

/** A MySQL 8 of its own, on a copy of an empty data directory, that may be killed and restarted. */
public final class LocalMySql implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final List<String> SMALL =
      List.of(
          "--innodb-buffer-pool-size=64M",
          "--innodb-redo-log-capacity=32M",
          "--innodb-flush-log-at-trx-commit=2",
          "--skip-log-bin",
          "--performance-schema=OFF");
  private static final List<String> DURABLE =
      List.of(
          "--innodb-buffer-pool-size=1G",
          "--innodb-redo-log-capacity=1G",
          "--innodb-flush-method=O_DIRECT",
          "--innodb-flush-log-at-trx-commit=1",
          "--sync-binlog=1",
          "--binlog-expire-logs-seconds=60");

  private final MySqlInstallation installation;
  private final Path directory;
  private final int port;
  private final List<String> settings;
  private Process process;

  private LocalMySql(
      MySqlInstallation installation, Path directory, int port, List<String> settings)
      throws IOException {
    this.installation = installation;
    this.directory = directory;
    this.port = port;
    this.settings = settings;
    this.process = launch();
  }

  /** Starts a small and quick one, whose commits may be lost with the machine. */
  public static LocalMySql start() {
    return start(SMALL);
  }

  /** Starts one to be measured, as durable as in production: every commit is on disk. */
  public static LocalMySql startDurable() {
    return start(DURABLE);
  }

  /** Starts one and waits until it answers. */
  private static LocalMySql start(List<String> settings) {
    try {
      MySqlInstallation installation = MySqlInstallation.prepared();
      Path directory = Files.createTempDirectory("binnacle-mysql");
      copy(installation.template(), directory.resolve("data"));
      LocalMySql server = new LocalMySql(installation, directory, freePort(), settings);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("MySQL can't be started; " + MySqlInstallation.ADVICE, e);
    }
  }

  /** JDBC URL with the user, without a schema. */
  public String url() {
    return "jdbc:mysql://127.0.0.1:" + port + "/?user=root";
  }

  /** Its process, which is another one after a restart. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again on the same data and port; it must have been killed. */
  public void restart() {
    try {
      process = launch();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and deletes its data. */
  @Override
  public void close() {
    kill();
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      System.err.println("Left behind: " + directory + " (" + e + ")");
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>(installation.command(directory.resolve("data")));
    command.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--skip-mysqlx",
            "--socket=" + directory.resolve("s"),
            "--pid-file=" + directory.resolve("pid"),
            "--max-allowed-packet=64M"));
    command.addAll(settings);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Path log() {
    return directory.resolve("mysqld.log");
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.readString(log()).contains("ready for connections")) {
      if (System.nanoTime() > deadline || ended()) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "MySQL does not start; " + MySqlInstallation.ADVICE + "\n" + Files.readString(log()));
      }
    }
  }

  /** Waits a moment for an end that should not come. */
  private boolean ended() {
    try {
      return process.waitFor(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
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
