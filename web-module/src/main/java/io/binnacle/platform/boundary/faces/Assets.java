package io.binnacle.platform.boundary.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * The console's own styles, scripts, fonts and images. Their address bears a hash of them all, so
 * that browsers may keep them for ever and still get new ones with a new build. The hash is a
 * folder and no parameter: what one asset refers to by a relative address gets it too.
 */
@ApplicationScoped
public class Assets {
  /** Where the assets answer. */
  static final String PREFIX = "/assets/";

  /** Where the assets lie. */
  static final String FOLDER = "/resources/console/";

  private static final int VERSION_CHARS = 12;

  private volatile String version = "";

  void hash(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      addAll(context, FOLDER, digest);
      version = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hash of all assets. */
  public String version() {
    return version;
  }

  /** The address before the name of an asset, without a slash at the end. */
  public String base() {
    return PREFIX + version;
  }

  private static void addAll(ServletContext context, String folder, MessageDigest digest)
      throws IOException {
    Set<String> paths = context.getResourcePaths(folder);
    for (String path : paths == null ? Set.<String>of() : new TreeSet<>(paths)) {
      if (path.endsWith("/")) {
        addAll(context, path, digest);
      } else {
        digest.update(path.getBytes(StandardCharsets.UTF_8));
        try (InputStream in = context.getResourceAsStream(path)) {
          digest.update(in.readAllBytes());
        }
      }
    }
  }
}
