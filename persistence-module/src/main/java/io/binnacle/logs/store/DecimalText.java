package io.binnacle.logs.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as JSON writes it, made comparable: {@code 1000}, {@code 1e3} and {@code 1000.0} are
 * equal. No number is computed, so one of many digits or with a huge exponent costs no more than
 * its text.
 *
 * @param negative never for zero
 * @param digits without zeros at either end; empty for zero
 * @param exponent of ten, for the digits as a whole number; 0 for zero
 */
record DecimalText(boolean negative, String digits, long exponent) {
  /** Exponents have as many digits as are sure to fit in a long, and no more. */
  private static final Pattern NUMBER =
      Pattern.compile("(-?)(0|[1-9][0-9]*+)(?:\\.([0-9]++))?(?:[eE]([+-]?[0-9]{1,17}+))?");

  /** The number; null for a text that is none. */
  static @Nullable DecimalText of(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return null;
    }
    String fraction = number.group(3) == null ? "" : number.group(3);
    String all = number.group(2) + fraction;
    int start = 0;
    int end = all.length();
    while (start < end && all.charAt(start) == '0') {
      start++;
    }
    while (end > start && all.charAt(end - 1) == '0') {
      end--;
    }
    if (start == end) {
      return new DecimalText(false, "", 0);
    }
    long exponent = number.group(4) == null ? 0 : Long.parseLong(number.group(4));
    return new DecimalText(
        !number.group(1).isEmpty(),
        all.substring(start, end),
        exponent - fraction.length() + (all.length() - end));
  }
}
