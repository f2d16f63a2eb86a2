package io.binnacle.platform.control;

import io.binnacle.platform.control.log.StartFailure;

/**
 * Numbers that operators set. One that can't work stops the start in one sentence; else each
 * request would fail with it later.
 */
public final class OperatorNumber {
  private OperatorNumber() {}

  /**
   * Checks a number.
   *
   * @param variable its name, as in docs/configuration.md
   * @throws IllegalStateException when it is outside of the range
   */
  public static void check(String variable, long value, long least, long most) {
    if (value < least || value > most) {
      throw StartFailure.because(
          "%s is %d. Set a number from %d to %d.".formatted(variable, value, least, most));
    }
  }

  /**
   * Checks a number that may be as large as one likes.
   *
   * @param variable its name, as in docs/configuration.md
   * @throws IllegalStateException when it is too small
   */
  public static void check(String variable, long value, long least) {
    if (value < least) {
      throw StartFailure.because(
          "%s is %d. Set a number from %d on.".formatted(variable, value, least));
    }
  }
}
