package io.binnacle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * MySQL's programs and an empty data directory, made once for this user's account from the archive
 * of a test dependency.
 *
 * @param base where the programs lie
 * @param template an initialised data directory, to be copied
 */
record MySqlInstallation(Path base, Path template) {
  /** What helps when it does not run. */
  static final String ADVICE =
      "it needs Linux on x86-64 with libaio1 and libnuma1, or BINNACLE_TEST_MYSQL_URL";

  private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";
  private static final String SHA_256 =
      "05a94f1f95e37dab4dcc73bc2d9308efb079c0f704a0b6497fcbafd420ad1f3b";
  private static final int INITIALISE_LIMIT_SECONDS = 120;

  /** The installation of this account, made now if it is not there; other JVMs wait for it. */
  static MySqlInstallation prepared() throws IOException {
    Path home =
        Path.of(
            System.getProperty("user.home"),
            ".cache",
            "binnacle",
            "mysql-" + SHA_256.substring(0, 12));
    MySqlInstallation installation =
        new MySqlInstallation(home.resolve("base"), home.resolve("template"));
    Files.createDirectories(home);
    try (FileChannel channel =
            FileChannel.open(
                home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(home.resolve("ready"))) {
        installation.unpack(home);
        installation.initialise(home);
        Files.createFile(home.resolve("ready"));
      }
    }
    return installation;
  }

  /** The server's command line for a data directory, to be completed. */
  List<String> command(Path data) {
    List<String> command = new ArrayList<>();
    command.add(base.resolve("bin/mysqld").toString());
    command.add("--no-defaults");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.add("--basedir=" + base);
    command.add("--lc-messages-dir=" + base.resolve("share"));
    command.add("--datadir=" + data);
    return command;
  }

  private void unpack(Path home) throws IOException {
    Path archive = home.resolve("mysql.tar.gz");
    MessageDigest digest = sha256();
    try (InputStream in = MySqlInstallation.class.getResourceAsStream(ARCHIVE)) {
      if (in == null) {
        throw new IllegalStateException("There is no MySQL for tests; " + ADVICE);
      }
      Files.deleteIfExists(archive);
      Files.copy(new DigestInputStream(in, digest), archive);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(SHA_256)) {
      throw new IllegalStateException("The archive of MySQL is not the one that was checked");
    }
    Files.createDirectories(base);
    execute(home, List.of("tar", "-xzf", archive.toString(), "-C", base.toString()));
    Files.delete(archive);
  }

  private void initialise(Path home) throws IOException {
    execute(home, List.of("rm", "-rf", template.toString()));
    List<String> command = command(template);
    command.add("--initialize-insecure");
    command.add("--innodb-redo-log-capacity=32M");
    execute(home, command);
  }

  private static void execute(Path home, List<String> command) throws IOException {
    Path log = home.resolve("prepare.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(INITIALISE_LIMIT_SECONDS, TimeUnit.SECONDS)
          || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            command.get(0) + " failed; " + ADVICE + "\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
