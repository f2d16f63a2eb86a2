package io.binnacle.it;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.binnacle.it.server.Install;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk in memory that a test can fill without harm to anybody else. */
final class SmallDisk implements AutoCloseable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts one; without the right to do so the test is skipped, and says why. */
  static SmallDisk mount(int megabytes) {
    try {
      Path parent = Install.ofThisBuild().target().resolve("it");
      Files.createDirectories(parent);
      Path directory = Files.createTempDirectory(parent, "small-disk");
      String size = "size=" + megabytes + "m";
      boolean mounted =
          System.getProperty("os.name").equals("Linux")
              && succeeds("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory.toString());
      if (!mounted) {
        Files.delete(directory);
        System.err.println("!!! SKIPPED: a full disk: it needs Linux and the right to mount tmpfs");
      }
      Assumptions.assumeTrue(mounted, "a full disk: it needs Linux and the right to mount tmpfs");
      return new SmallDisk(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is mounted. */
  Path directory() {
    return directory;
  }

  /** Writes until no more than this is left; again for what was freed meanwhile. */
  void fill(long leaveBytes) {
    try (OutputStream out = Files.newOutputStream(ballast(), CREATE, APPEND)) {
      byte[] block = new byte[64 << 10];
      while (directory.toFile().getUsableSpace() > leaveBytes) {
        out.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives back what {@link #fill} took. */
  void free() {
    try {
      Files.delete(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (!succeeds("umount", directory.toString())) {
        throw new IllegalStateException("Still mounted: " + directory);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
