package io.binnacle.bench;

import io.binnacle.bench.machine.Machine;
import io.binnacle.bench.server.Databases;
import io.binnacle.bench.server.Install;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the benchmarks and prints the report. */
public final class Main {
  private Main() {}

  /** The entry point of {@code bench/run}; exit code 1 if a benchmark failed, 2 for bad usage. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    Path directory = Files.createTempDirectory("binnacle-bench");
    boolean good;
    try {
      good = run(options, out, directory);
    } finally {
      delete(directory);
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean run(Options options, PrintStream out, Path directory) throws IOException {
    Report report = new Report(out);
    Path databaseDirectory = Files.createDirectories(directory.resolve("database"));
    boolean good = true;
    try (Databases databases =
            options.mysql() ? Databases.mysql() : Databases.embedded(databaseDirectory);
        Bench bench = new Bench(options, report, new Install(Path.of("")), directory, databases)) {
      out.println(Machine.describe() + ", " + databases.database().name());
      for (Map.Entry<String, Benchmark> entry : Benchmarks.all().entrySet()) {
        if (options.only().isEmpty() || options.only().contains(entry.getKey())) {
          good &= measure(entry.getKey(), entry.getValue(), bench);
        }
      }
      report.print();
    }
    return good;
  }

  /** One benchmark that fails is told and does not keep the others from running. */
  private static boolean measure(String name, Benchmark benchmark, Bench bench) {
    bench.report().progress(name);
    try {
      benchmark.run(bench);
      return true;
    } catch (RuntimeException e) {
      bench.report().add(name, "FAILED: " + e, "", "");
      return false;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
