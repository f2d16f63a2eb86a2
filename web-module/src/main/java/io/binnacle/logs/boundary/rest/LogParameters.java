package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.control.LevelNames;
import io.binnacle.logs.control.read.LogQuery;
import io.binnacle.logs.control.tail.TailQuery;
import io.binnacle.logs.entity.LogFilter;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Times;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of all addresses that read logs. What was never asked for is not known:
 * ignored, a filter with a slip of the pen would answer with everything.
 */
public final class LogParameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 5_000;
  private static final int MAX_SEARCH_CHARS = 1_000;
  private static final int MAX_FIELDS = 10;
  private static final String FIELD = "field.";

  /** A comma that follows a backslash is a part of the value. */
  private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\),");

  private final Map<String, List<String>> parameters;

  /** The names that were asked for. */
  private final Set<String> known = new TreeSet<>();

  /**
   * @param parameters decoded
   */
  public LogParameters(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * The parameters of an address.
   *
   * @throws ProblemException MALFORMED_REQUEST when they can't be decoded
   */
  static LogParameters of(UriInfo uri) {
    try {
      return new LogParameters(uri.getQueryParameters());
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(
          ProblemType.MALFORMED_REQUEST, "The query is not encoded well: a % stands alone.");
    }
  }

  /** Which lines are wanted. */
  public LogFilter filter() {
    Set<String> levels = new LinkedHashSet<>();
    list("level").forEach(level -> levels.add(LevelNames.canonical(level)));
    levels.remove("ALL");
    Set<String> sources = new LinkedHashSet<>(list("source"));
    sources.remove("ALL");
    return new LogFilter(
        levels,
        minSeverity(),
        sources,
        bounded("search"),
        bounded("regex"),
        flag("ignore_case"),
        fields(),
        time("start_time"),
        time("end_time"));
  }

  /**
   * What a live tail shall show.
   *
   * @param beside the name of what the caller reads itself
   */
  public TailQuery tail(String beside) {
    TailQuery query = new TailQuery(filter(), one("stream"));
    known.add(beside);
    refuseOthers();
    return query;
  }

  /** Which page is wanted. */
  LogQuery page() {
    return query(limit(), one("cursor"));
  }

  /** Which lines of the whole log are wanted. */
  LogQuery whole() {
    return query(DEFAULT_LIMIT, null);
  }

  private LogQuery query(int limit, @Nullable String cursor) {
    return new LogQuery(
        filter(),
        one("stream"),
        line("from_line", 1),
        line("to_line", Long.MAX_VALUE),
        descending(),
        limit,
        cursor);
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException naming a parameter that was not asked for
   */
  void refuseOthers() {
    for (String name : parameters.keySet()) {
      if (!name.isEmpty() && !known.contains(name)) {
        throw ProblemException.notTaken(name, known);
      }
    }
  }

  /** How many lines are wanted: 1 to 5,000, or 100. */
  int limit() {
    return (int) number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  /**
   * A whole number.
   *
   * @throws ProblemException naming the parameter when it is none, or out of its range
   */
  long number(String name, long ifAbsent, long min, long max) {
    String text = one(name);
    if (text == null) {
      return ifAbsent;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw ProblemException.field(name, "Expected a whole number.");
    }
    throw ProblemException.limit(name, max, "Expected " + min + " to " + max + ".");
  }

  /** The first value of a parameter; null when it is absent or empty. */
  @Nullable String one(String name) {
    known.add(name);
    List<String> values = parameters.get(name);
    return values == null || values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
  }

  private int minSeverity() {
    String text = one("min_level");
    Integer severity = text == null ? Integer.valueOf(1) : LevelNames.leastSeverity(text);
    if (severity == null) {
      throw ProblemException.field(
          "min_level",
          "Expected a severity from 1 to 24, or the name of a level that has its own.");
    }
    return severity;
  }

  private long line(String name, long ifAbsent) {
    return number(name, ifAbsent, 0, Long.MAX_VALUE);
  }

  private boolean descending() {
    String order = one("order");
    if (order == null || order.equalsIgnoreCase("asc")) {
      return false;
    }
    if (order.equalsIgnoreCase("desc")) {
      return true;
    }
    throw ProblemException.field("order", "asc or desc.");
  }

  private boolean flag(String name) {
    String text = one(name);
    if (text == null || text.equalsIgnoreCase("false")) {
      return false;
    }
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    throw ProblemException.field(name, "true or false.");
  }

  private @Nullable Long time(String name) {
    String text = one(name);
    return text == null ? null : Times.parse(name, text);
  }

  private @Nullable String bounded(String name) {
    String text = one(name);
    if (text != null && text.length() > MAX_SEARCH_CHARS) {
      throw ProblemException.limit(
          name, MAX_SEARCH_CHARS, "At most " + MAX_SEARCH_CHARS + " characters.");
    }
    return text;
  }

  /** Values may repeat, or stand between commas; a comma of their own follows a backslash. */
  private List<String> list(String name) {
    known.add(name);
    return parameters.getOrDefault(name, List.of()).stream()
        .flatMap(SEPARATOR::splitAsStream)
        .map(value -> value.replace("\\,", ",").strip())
        .filter(value -> !value.isEmpty())
        .map(value -> value.toUpperCase(Locale.ROOT).equals("ALL") ? "ALL" : value)
        .toList();
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    known.add(FIELD + "<name>");
    parameters.forEach(
        (name, values) -> {
          if (name.startsWith(FIELD) && name.length() > FIELD.length() && !values.isEmpty()) {
            known.add(name);
            fields.put(name.substring(FIELD.length()), values.get(0));
          }
        });
    if (fields.size() > MAX_FIELDS) {
      throw ProblemException.limit("field", MAX_FIELDS, "At most " + MAX_FIELDS + " fields.");
    }
    return fields;
  }
}
