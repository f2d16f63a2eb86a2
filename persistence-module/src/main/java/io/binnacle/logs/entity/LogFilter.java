package io.binnacle.logs.entity;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a log are wanted; a line must pass every part that is given.
 *
 * @param levels canonical names; empty for all
 * @param minSeverity 1 to 24; 1 for all
 * @param sources names; empty for all
 * @param search a text that the message contains, or null
 * @param regex an expression of {@code java.util.regex} that finds something in it, or null
 * @param ignoreCase for {@code search} and {@code regex}, in all of Unicode
 * @param fields values that fields of the line have, as text
 * @param startTime nanoseconds since 1970, inclusive, or null
 * @param endTime nanoseconds since 1970, exclusive, or null
 */
public record LogFilter(
    Set<String> levels,
    int minSeverity,
    Set<String> sources,
    @Nullable String search,
    @Nullable String regex,
    boolean ignoreCase,
    Map<String, String> fields,
    @Nullable Long startTime,
    @Nullable Long endTime) {

  /** Every line. */
  public static final LogFilter NONE =
      new LogFilter(Set.of(), 1, Set.of(), null, null, false, Map.of(), null, null);

  /** Whether only metadata is needed to know what passes. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Whether messages or fields must be read to know what passes. */
  public boolean readsText() {
    return search != null || regex != null || !fields.isEmpty();
  }

  /** One text for equal filters, whatever the order of their parts: cursors are bound to it. */
  public String canonical() {
    return String.join(
        "\u0001",
        new TreeSet<>(levels).toString(),
        Integer.toString(minSeverity),
        new TreeSet<>(sources).toString(),
        String.valueOf(search),
        String.valueOf(regex),
        Boolean.toString(ignoreCase),
        new TreeMap<>(fields).toString(),
        String.valueOf(startTime),
        String.valueOf(endTime));
  }
}
