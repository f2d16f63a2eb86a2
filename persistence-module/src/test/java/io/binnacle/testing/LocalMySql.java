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

  private final MySqlInstallation installation;
  private final Path directory;
  private final int port;
  private Process process;

  private LocalMySql(MySqlInstallation installation, Path directory, int port) throws IOException {
    this.installation = installation;
    this.directory = directory;
    this.port = port;
    this.process = launch();
  }

  /** Starts one and waits until it answers. */
  public static LocalMySql start() {
    try {
      MySqlInstallation installation = MySqlInstallation.prepared();
      Path directory = Files.createTempDirectory("binnacle-mysql");
      copy(installation.template(), directory.resolve("data"));
      LocalMySql server = new LocalMySql(installation, directory, freePort());
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
            "--innodb-buffer-pool-size=64M",
            "--innodb-redo-log-capacity=32M",
            "--innodb-flush-log-at-trx-commit=2",
            "--skip-log-bin",
            "--performance-schema=OFF",
            "--max-allowed-packet=64M"));
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
