package io.binnacle.platform.control.log;

import java.io.Serial;
import java.util.Locale;
import java.util.logging.Level;

/** The levels that an operator sees, over those of {@code java.util.logging}. */
public enum LogLevel {
  /** For looking into a problem. */
  DEBUG(Level.FINE),
  /** What happens as it should. */
  INFO(Level.INFO),
  /** What an operator should know; the work goes on. */
  WARNING(Level.WARNING),
  /** Something was not done. */
  ERROR(Level.SEVERE),
  /** The server may not be able to go on. */
  CRITICAL(new Critical());

  private final Level threshold;

  LogLevel(Level threshold) {
    this.threshold = threshold;
  }

  /** Above {@code SEVERE}, which {@code java.util.logging} does not have. */
  private static final class Critical extends Level {
    @Serial private static final long serialVersionUID = 1L;

    Critical() {
      super("CRITICAL", Level.SEVERE.intValue() + 100);
    }
  }

  /** The lowest level of {@code java.util.logging} that is shown as this one. */
  public Level threshold() {
    return threshold;
  }

  /** How a level of {@code java.util.logging} is shown. */
  static LogLevel of(Level level) {
    LogLevel shown = DEBUG;
    for (LogLevel candidate : values()) {
      if (level.intValue() >= candidate.threshold.intValue()) {
        shown = candidate;
      }
    }
    return shown;
  }

  /**
   * The level of a name, in any case.
   *
   * @throws IllegalArgumentException naming the levels there are
   */
  static LogLevel named(String name) {
    for (LogLevel level : values()) {
      if (level.name().equals(name.strip().toUpperCase(Locale.ROOT))) {
        return level;
      }
    }
    throw new IllegalArgumentException(
        "binnacle.log.level is '" + name + "'; use DEBUG, INFO, WARNING, ERROR or CRITICAL");
  }
}
