package io.binnacle.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * What the build packaged, and the one server install of all tests.
 *
 * @param repository the root of the sources
 */
public record Install(Path repository) {
  static final String SERVER = "binnacle";

  /** The install of this build; the system property comes from the POM. */
  public static Install ofThisBuild() {
    String root = System.getProperty("binnacle.it.repository", "..");
    return new Install(Path.of(root).toAbsolutePath().normalize());
  }

  /** Liberty's start script. */
  public Path startScript() {
    return target().resolve("server/wlp/bin/server");
  }

  /** Where tests may leave files. */
  public Path target() {
    return repository.resolve("ear/target");
  }

  /**
   * Lays out a user directory with the packaged application, as an operator would.
   *
   * @param user an empty directory, for {@code WLP_USER_DIR}
   */
  void layOut(Path user) {
    Path server = user.resolve("servers").resolve(SERVER);
    copy(target().resolve("binnacle.ear"), server.resolve("apps/binnacle.ear"));
    layOutBesideApplications(user, server);
  }

  /** The same without an application. */
  void layOutBesideApplications(Path user, Path server) {
    copy(repository.resolve("server.xml"), server.resolve("server.xml"));
    copyAll(repository.resolve("ear/src/main/liberty/config"), server);
    copyAll(target().resolve("server/jdbc"), user.resolve("shared/resources/jdbc"));
  }

  private static void copyAll(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      files.filter(Files::isRegularFile).forEach(f -> copy(f, to.resolve(f.getFileName())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Build with -Pserver first", e);
    }
  }
}
