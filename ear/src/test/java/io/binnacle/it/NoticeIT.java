package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.binnacle.it.server.Install;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Whose work is packaged is said in {@code NOTICE}. */
class NoticeIT {
  private static final Set<String> OURS = Set.of("ejb-module", "persistence-module");

  private final Install install = Install.ofThisBuild();

  @Test
  void everyPackagedLibraryIsNamed() throws IOException {
    Set<String> libraries = new TreeSet<>();
    try (InputStream application = Files.newInputStream(install.target().resolve("binnacle.ear"))) {
      addLibraries(application, libraries);
    }
    try (Stream<Path> drivers = Files.list(install.target().resolve("server/jdbc"))) {
      drivers.forEach(driver -> libraries.add(nameOf(driver.toString())));
    }
    libraries.removeAll(OURS);
    assertFalse(libraries.isEmpty());
    String notice = Files.readString(install.repository().resolve("NOTICE"));
    List<String> unnamed =
        libraries.stream()
            .filter(name -> !notice.matches("(?s).*[(, ]" + name + "[,)].*"))
            .toList();
    assertEquals(List.of(), unnamed);
  }

  /** Adds the libraries of an archive, and of the archives of modules within. */
  private static void addLibraries(InputStream archive, Set<String> names) throws IOException {
    ZipInputStream entries = new ZipInputStream(archive);
    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
      if (entry.getName().endsWith(".jar")) {
        names.add(nameOf(entry.getName()));
      } else if (entry.getName().endsWith(".war")) {
        addLibraries(entries, names);
      }
    }
  }

  /** The name of a library without its version. */
  private static String nameOf(String file) {
    return file.replaceFirst(".*/", "").replaceFirst("(-[0-9].*)?\\.jar$", "");
  }
}
