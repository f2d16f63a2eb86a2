package io.binnacle.platform.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built: shown by the health endpoint, the console's footer and the start script.
 *
 * @param version the Maven version
 * @param commit the git commit, or {@code unknown} for a build without git
 * @param builtAt RFC 3339: the time of the commit, or of the build when it has changes that no
 *     commit has; {@code unknown} for a build without git
 */
public record BuildInfo(String version, String commit, String builtAt) {
  private static final BuildInfo CURRENT = read();

  /** This build. */
  public static BuildInfo current() {
    return CURRENT;
  }

  private static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("/binnacle-build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(
        properties.getProperty("version"),
        known(properties.getProperty("commit")),
        known(properties.getProperty("time")));
  }

  /** A build that runs no plugin of git, such as {@code liberty:run}, leaves the placeholder. */
  static String known(String value) {
    return value.startsWith("${") ? "unknown" : value;
  }
}
