package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Logins: lower case, and never mistaken for an id. */
final class UserNames {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._@+-]{0,63}");
  private static final int MAX_ID_DIGITS = 19;

  private UserNames() {}

  /** A login as it is compared. */
  static String canonical(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The login for a new user.
   *
   * @throws ProblemException when it is none
   */
  static String check(String name) {
    String canonical = canonical(name);
    if (!NAME.matcher(canonical).matches()) {
      throw ProblemException.field(
          "name", "A login begins with a letter and has at most 64 letters, digits and . _ @ + -");
    }
    return canonical;
  }

  /** The id that a text is, if it is one. */
  static Optional<Long> id(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MAX_ID_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    try {
      return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
