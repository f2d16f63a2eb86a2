package io.binnacle.platform.entity;

import org.jspecify.annotations.Nullable;

/** Bounds for texts that people write. */
public final class Texts {
  private Texts() {}

  /**
   * @throws ProblemException naming the field when the text is blank or too long
   */
  public static String required(String field, @Nullable String text, int maxChars) {
    if (text == null || text.isBlank()) {
      throw ProblemException.field(field, "Must not be empty.");
    }
    return bounded(field, text.strip(), maxChars);
  }

  /**
   * What people and log files show on one line.
   *
   * @throws ProblemException naming the field when the text is blank, too long, or has a control
   *     character such as a line feed
   */
  public static String name(String field, @Nullable String text, int maxChars) {
    String given = required(field, text, maxChars);
    if (given.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.field(field, "Control characters are not allowed.");
    }
    return given;
  }

  /**
   * @return the text; empty for null
   * @throws ProblemException naming the field when it is too long or has a NUL
   */
  public static String bounded(String field, @Nullable String text, int maxChars) {
    String given = text == null ? "" : text;
    if (given.length() > maxChars) {
      throw ProblemException.limit(field, maxChars, "At most " + maxChars + " characters.");
    }
    if (given.indexOf('\0') >= 0) {
      throw ProblemException.field(field, "NUL characters are not allowed.");
    }
    return given;
  }

  /** Like {@link #bounded}, but null and blank stay null. */
  public static @Nullable String optional(String field, @Nullable String text, int maxChars) {
    return text == null || text.isBlank() ? null : bounded(field, text.strip(), maxChars);
  }
}
