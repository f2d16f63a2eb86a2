package io.binnacle.bench.work;

import io.binnacle.bench.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Bytes that the server's data take on disk. */
final class DataSize {
  private DataSize() {}

  /** Now: the embedded database's directory, or MySQL's table files (without its logs). */
  static long bytes(Bench bench) {
    return bench.databases().database().embedded()
        ? directory(bench.server().data())
        : tables(bench);
  }

  private static long directory(Path directory) {
    if (!Files.exists(directory)) {
      throw new IllegalStateException("The server keeps no data in " + directory);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(DataSize::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // gone since it was listed
    }
  }

  private static long tables(Bench bench) {
    String sql =
        "select sum(file_size) from information_schema.innodb_tablespaces"
            + " where name like 'binnacle\\_bench/%'";
    return ServerTables.query(bench, sql, row -> row.getLong(1)).get(0);
  }
}
