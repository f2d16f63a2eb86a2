package io.binnacle.bench.data;

/** Numbers written into text without the cost of String.format. */
final class Text {
  private static final String HEX = "0123456789abcdef";
  private final StringBuilder out = new StringBuilder(400);

  Text clear() {
    out.setLength(0);
    return this;
  }

  Text add(String text) {
    out.append(text);
    return this;
  }

  Text add(long number) {
    out.append(number);
    return this;
  }

  /** A number with leading zeros. */
  Text padded(long number, int width) {
    String digits = Long.toString(number);
    for (int i = digits.length(); i < width; i++) {
      out.append('0');
    }
    out.append(digits);
    return this;
  }

  /** A number that is not negative, with a fixed count of decimals. */
  Text decimal(double number, int decimals) {
    long power = 1;
    for (int i = 0; i < decimals; i++) {
      power *= 10;
    }
    long scaled = Math.round(number * power);
    out.append(scaled / power).append('.');
    return padded(scaled % power, decimals);
  }

  Text hex(long number) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((int) (number >>> shift) & 15));
    }
    return this;
  }

  /** The time of the day in UTC as HH:MM:SS. */
  Text clock(long epochSecond) {
    padded(epochSecond / 3600 % 24, 2).add(":");
    padded(epochSecond / 60 % 60, 2).add(":");
    return padded(epochSecond % 60, 2);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
