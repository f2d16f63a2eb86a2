package io.binnacle.logs.control;

import java.util.Locale;
import java.util.Map;

/** What the names of levels mean. Severities are OpenTelemetry's, from 1 to 24. */
public final class LevelNames {
  /** The level of a line that names none. */
  public static final String DEFAULT = "INFO";

  private static final int INFO = 9;

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

  /** The one name of a level: upper case, without synonyms. */
  public static String canonical(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    return upper.isEmpty() ? DEFAULT : SYNONYMS.getOrDefault(upper, upper);
  }

  /** The severity of a canonical name; that of INFO for a name of the sender's own. */
  public static int severity(String canonical) {
    return SEVERITIES.getOrDefault(canonical, INFO);
  }
}
