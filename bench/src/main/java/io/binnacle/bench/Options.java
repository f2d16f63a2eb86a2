package io.binnacle.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What to run.
 *
 * @param mysql whether on MySQL instead of the embedded H2
 * @param quick a tenth of the data and seconds instead of minutes: to see that everything works
 * @param only names of the benchmarks to run; empty = all
 * @param burst length of a burst
 * @param sustained length of the sustained load
 * @param profile where to keep a flight recording of the burst
 */
public record Options(
    boolean mysql,
    boolean quick,
    List<String> only,
    Duration burst,
    Duration sustained,
    Optional<Path> profile) {

  /** How the command is used. */
  public static final String USAGE =
      """
      bench/run [h2|mysql] [--quick] [--only NAME,…] [--sustained SECONDS] [--profile FILE]

        h2, mysql            the database; h2 is the default
        --quick              a tenth of the data, for a look
        --only NAME,…        only these benchmarks: %s
        --sustained SECONDS  length of the sustained load, 60 if not given; the goal is meant for 600
        --profile FILE       keep a flight recording of the server during the burst
      """
          .formatted(String.join(", ", Benchmarks.names()));

  /**
   * Reads the command line; fails with {@link IllegalArgumentException} if it is not understood.
   */
  public static Options parse(String... args) {
    List<String> left = new ArrayList<>(Arrays.asList(args));
    boolean quick = left.remove("--quick");
    Optional<String> only = value(left, "--only");
    Optional<String> sustained = value(left, "--sustained");
    Optional<Path> profile = value(left, "--profile").map(Path::of);
    boolean mysql = left.remove("mysql");
    left.remove("h2");
    List<String> names = only.map(text -> List.of(text.split(","))).orElse(List.of());
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("Not understood: " + String.join(" ", left));
    }
    if (!Benchmarks.names().containsAll(names)) {
      throw new IllegalArgumentException("Benchmarks are " + Benchmarks.names());
    }
    return new Options(
        mysql,
        quick,
        names,
        Duration.ofSeconds(quick ? 5 : 20),
        Duration.ofSeconds(sustained.map(Long::parseLong).orElse(quick ? 8L : 60L)),
        profile);
  }

  private static Optional<String> value(List<String> left, String name) {
    int at = left.indexOf(name);
    if (at < 0) {
      return Optional.empty();
    }
    if (at + 1 == left.size()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    left.remove(at);
    return Optional.of(left.remove(at));
  }

  /** A size of the data: whole, or a tenth in a quick run. */
  public int size(int whole) {
    return quick ? whole / 10 : whole;
  }
}
