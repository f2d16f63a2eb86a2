package io.binnacle.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A MySQL 8 server of its own, as durable as in production: every commit is on disk. */
final class MySqlServer implements AutoCloseable {
  private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private final Path directory;
  private final int port = Ports.free();
  private final Process process;

  /** Unpacks, initialises and starts it in an empty directory. */
  MySqlServer(Path directory) {
    this.directory = directory;
    unpack();
    initialise();
    process = start();
  }

  /** JDBC URL of the server, without a schema. */
  String url() {
    return "jdbc:mysql://127.0.0.1:" + port + "/";
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  private void unpack() {
    Path archive = directory.resolve("mysql.tar.gz");
    try (InputStream in = MySqlServer.class.getResourceAsStream(ARCHIVE)) {
      if (in == null) {
        throw new IllegalStateException("No MySQL for this machine; set BINNACLE_TEST_MYSQL_URL");
      }
      Files.createDirectories(base());
      Files.copy(in, archive);
      Processes.run(
          new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", base().toString()),
          directory.resolve("tar.log"));
      Files.delete(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void initialise() {
    List<String> command = command();
    command.add("--initialize-insecure");
    Processes.run(new ProcessBuilder(command), directory.resolve("initialise.log"));
  }

  private Process start() {
    List<String> command = command();
    command.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--skip-mysqlx",
            "--socket=" + directory.resolve("s"),
            "--pid-file=" + directory.resolve("pid"),
            "--innodb-buffer-pool-size=1G",
            "--innodb-redo-log-capacity=1G",
            "--innodb-flush-method=O_DIRECT",
            "--innodb-flush-log-at-trx-commit=1",
            "--sync-binlog=1",
            "--binlog-expire-logs-seconds=60",
            "--max-allowed-packet=64M"));
    Path log = directory.resolve("mysqld.log");
    Process started = Processes.start(new ProcessBuilder(command), log);
    Processes.await(started, log, START_LIMIT, () -> ready(log));
    return started;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(base().resolve("bin/mysqld").toString());
    command.add("--no-defaults");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.add("--basedir=" + base());
    command.add("--lc-messages-dir=" + base().resolve("share"));
    command.add("--datadir=" + directory.resolve("data"));
    return command;
  }

  private Path base() {
    return directory.resolve("base");
  }

  private static boolean ready(Path log) {
    try {
      return Files.readString(log).contains("ready for connections");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Processes.stop(process);
  }
}
