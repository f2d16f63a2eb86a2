package io.binnacle.logs.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names of levels mean. Severities are OpenTelemetry's, from 1 to 24. */
public final class LevelNames {
  /** The level of a line that names none. */
  public static final String DEFAULT = "INFO";

  private static final int INFO = 9;
  private static final int MAX_SEVERITY = 24;

  private static final Map<String, String> SYNONYMS =
      Map.of("WARN", "WARNING", "FATAL", "CRITICAL", "ERR", "ERROR", "CRIT", "CRITICAL");

  private static final Map<String, Integer> SEVERITIES =
      Map.of(
          "TRACE",
          1,
          "DEBUG",
          5,
          "INFO",
          INFO,
          "NOTICE",
          10,
          "WARNING",
          13,
          "ERROR",
          17,
          "CRITICAL",
          21,
          "ALERT",
          22,
          "EMERGENCY",
          24);

  private LevelNames() {}

  /** The one name of a level: upper case, character by character, without synonyms. */
  public static String canonical(String name) {
    int[] upper = name.strip().codePoints().map(Character::toUpperCase).toArray();
    String canonical = new String(upper, 0, upper.length);
    return canonical.isEmpty() ? DEFAULT : SYNONYMS.getOrDefault(canonical, canonical);
  }

  /**
   * The least severity that somebody asks for.
   *
   * @param text a number from 1 to 24, or the name of a level that is no sender's own
   * @return null for anything else: what a sender's own level means is told line by line
   */
  public static @Nullable Integer leastSeverity(String text) {
    if (text.matches("[0-9]{1,2}")) {
      int number = Integer.parseInt(text);
      return number >= 1 && number <= MAX_SEVERITY ? number : null;
    }
    return SEVERITIES.get(canonical(text));
  }

  /** The severity of a canonical name; that of INFO for a name of the sender's own. */
  public static int severity(String canonical) {
    return SEVERITIES.getOrDefault(canonical, INFO);
  }
}
