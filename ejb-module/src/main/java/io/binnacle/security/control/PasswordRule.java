package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;

/** Which passwords are taken: long ones, of any characters. */
final class PasswordRule {
  private static final int MIN_CHARS = 8;

  /** Longer ones only cost time to hash. */
  static final int MAX_CHARS = 256;

  private PasswordRule() {}

  /**
   * @param field the name of the field for the refusal
   * @throws ProblemException when the password is too short or too long
   */
  static void check(String field, String password) {
    if (password.length() < MIN_CHARS) {
      throw ProblemException.limit(
          field, MIN_CHARS, "A password has at least " + MIN_CHARS + " characters.");
    }
    if (password.length() > MAX_CHARS) {
      throw ProblemException.limit(
          field, MAX_CHARS, "A password has at most " + MAX_CHARS + " characters.");
    }
  }
}
