package io.binnacle.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Names the machine and the build, for the report's head. */
public final class Machine {
  private Machine() {}

  /** Date, commit, processor, cores, Java; one line. */
  public static String describe() {
    return LocalDate.now(ZoneOffset.UTC)
        + ", commit "
        + System.getProperty("bench.commit", "unknown")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores "
        + processor()
        + ", "
        + System.getProperty("os.name")
        + ", Java "
        + System.getProperty("java.version");
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    try {
      return Files.readAllLines(info).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
