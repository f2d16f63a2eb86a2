package io.binnacle.platform.control.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is put aside when it is full: {@code name} becomes {@code name.1}, that becomes
 * {@code name.2}, and so on; the oldest is removed. For one thread.
 */
final class RotatingFile implements AutoCloseable {
  private final Path file;
  private final long maxBytes;
  private final int backups;
  private OutputStream out;
  private long size;

  /**
   * Opens a file to append to.
   *
   * @param maxBytes the size at which it is put aside; a single write may be larger
   * @param backups how many are kept beside the current one, 0 or more
   */
  RotatingFile(Path file, long maxBytes, int backups) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.backups = backups;
    Files.createDirectories(file.toAbsolutePath().getParent());
    out = open();
  }

  void write(byte[] bytes) throws IOException {
    if (size > 0 && size + bytes.length > maxBytes) {
      rotate();
    }
    out.write(bytes);
    size += bytes.length;
  }

  private void rotate() throws IOException {
    out.close();
    Files.deleteIfExists(backup(backups));
    for (int i = backups - 1; i >= 0; i--) {
      if (Files.exists(backup(i))) {
        Files.move(backup(i), backup(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    out = open();
  }

  private Path backup(int number) {
    return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
  }

  private OutputStream open() throws IOException {
    OutputStream opened =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    size = Files.size(file);
    return opened;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
