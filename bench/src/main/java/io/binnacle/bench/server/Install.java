package io.binnacle.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code bench/run} built.
 *
 * @param repository root of the sources, for {@code server.xml} and the packaged EAR
 */
public record Install(Path repository) {
  private static final String SERVER = "binnacle";

  /** Liberty's start script. */
  Path startScript() {
    return repository.resolve("bench/target/server/wlp/bin/server");
  }

  /** The JDBC drivers and other libraries of the benchmark. */
  Path libraries() {
    return repository.resolve("bench/target/lib");
  }

  /**
   * Lays out a user directory with the packaged application, as an operator would.
   *
   * @param user an empty directory, for {@code WLP_USER_DIR}
   */
  void layOut(Path user) {
    try {
      Path server = user.resolve("servers").resolve(SERVER);
      Path drivers = user.resolve("shared/resources/jdbc");
      Files.createDirectories(server.resolve("apps"));
      Files.createDirectories(drivers);
      Files.copy(
          repository.resolve("ear/target/binnacle.ear"), server.resolve("apps/binnacle.ear"));
      Files.copy(repository.resolve("server.xml"), server.resolve("server.xml"));
      Files.copy(
          repository.resolve("ear/src/main/liberty/config/jvm.options"),
          server.resolve("jvm.options"));
      copyDriver("h2", drivers);
      copyDriver("mysql-connector-j", drivers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyDriver(String name, Path drivers) throws IOException {
    try (var jars = Files.newDirectoryStream(libraries(), name + "-[0-9]*.jar")) {
      for (Path jar : jars) {
        Files.copy(jar, drivers.resolve(name + ".jar"));
        return;
      }
    }
    throw new IllegalStateException("No " + name + " in " + libraries() + ": run bench/run");
  }
}
