package io.binnacle.platform.entity;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads times, wherever they are sent. It reads from the characters of a parser: a batch of log
 * lines has hundreds, and a {@code String} with a {@code DateTimeFormatter} for each costs more
 * than all the rest of the line. For one thread at a time.
 */
public final class Timestamps {
  /** What {@link #parse} answers for a text that is no time between 1677 and 2262. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final long NANOS = 1_000_000_000L;
  private static final int DATE_AND_TIME_CHARS = 19;
  private static final int MAX_NUMBER_CHARS = 32;

  /** The letter, a sign and two digits. */
  private static final int MAX_EXPONENT_CHARS = 4;

  private final char[] lastDate = new char[10];
  private long lastDay = INVALID;

  /**
   * RFC 3339 with up to nine decimals: {@code 2026-11-21T08:15:30.123456789+01:00}; a space may
   * stand for the {@code T}, as Python's {@code str(datetime)} writes it.
   *
   * @return nanoseconds since 1970, or {@link #INVALID}
   */
  public long parse(char[] c, int from, int length) {
    if (length < DATE_AND_TIME_CHARS + 1
        || (c[from + 10] | 0x20) != 't' && c[from + 10] != ' '
        || c[from + 13] != ':'
        || c[from + 16] != ':') {
      return INVALID;
    }
    long day = day(c, from);
    int hour = digits(c, from + 11, 2);
    int minute = digits(c, from + 14, 2);
    int second = digits(c, from + 17, 2);
    if (day == INVALID || hour > 23 || minute > 59 || second > 60 || (hour | minute | second) < 0) {
      return INVALID;
    }
    int at = from + DATE_AND_TIME_CHARS;
    int end = from + length;
    long fraction = 0;
    if (c[at] == '.' || c[at] == ',') {
      int start = ++at;
      while (at < end && c[at] >= '0' && c[at] <= '9') {
        fraction = fraction * 10 + (c[at++] - '0');
      }
      int decimals = at - start;
      if (decimals == 0 || decimals > 9) {
        return INVALID;
      }
      for (int i = decimals; i < 9; i++) {
        fraction *= 10;
      }
    }
    long offset = offsetSeconds(c, at, end);
    if (offset == INVALID) {
      return INVALID;
    }
    long seconds = day * 86_400 + hour * 3_600L + minute * 60L + second - offset;
    return ofSeconds(seconds, fraction);
  }

  /**
   * Seconds since 1970 as a JSON number, such as Python's {@code time.time()}, or as Java writes
   * its doubles: {@code 1.7E9}.
   *
   * @return nanoseconds since 1970, or {@link #INVALID}
   */
  public static long ofNumber(String number) {
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    // A large exponent could make BigDecimal write a gigabyte of zeros.
    if (number.length() > MAX_NUMBER_CHARS
        || (exponent >= 0 && number.length() - exponent > MAX_EXPONENT_CHARS)) {
      return INVALID;
    }
    BigDecimal nanos = new BigDecimal(number).movePointRight(9);
    boolean inRange =
        nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
            && nanos.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) > 0;
    return inRange ? nanos.longValue() : INVALID;
  }

  private static long ofSeconds(long seconds, long fraction) {
    long limit = Long.MAX_VALUE / NANOS - 1;
    return seconds > limit || seconds < -limit ? INVALID : seconds * NANOS + fraction;
  }

  /** Days since 1970; consecutive lines are of one day nearly always, so the last one is kept. */
  private long day(char[] c, int from) {
    boolean same = lastDay != INVALID;
    for (int i = 0; same && i < 10; i++) {
      same = lastDate[i] == c[from + i];
    }
    if (same) {
      return lastDay;
    }
    int year = digits(c, from, 4);
    int month = digits(c, from + 5, 2);
    int dayOfMonth = digits(c, from + 8, 2);
    if (c[from + 4] != '-' || c[from + 7] != '-' || (year | month | dayOfMonth) < 0) {
      return INVALID;
    }
    try {
      long day = LocalDate.of(year, month, dayOfMonth).toEpochDay();
      System.arraycopy(c, from, lastDate, 0, 10);
      lastDay = day;
      return day;
    } catch (DateTimeException e) {
      return INVALID;
    }
  }

  private static long offsetSeconds(char[] c, int at, int end) {
    if (at + 1 == end && (c[at] | 0x20) == 'z') {
      return 0;
    }
    if (at + 6 != end || c[at + 3] != ':' || c[at] != '+' && c[at] != '-') {
      return INVALID;
    }
    int hours = digits(c, at + 1, 2);
    int minutes = digits(c, at + 4, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return INVALID;
    }
    long seconds = hours * 3_600L + minutes * 60L;
    return c[at] == '-' ? -seconds : seconds;
  }

  /** A number of fixed width; negative when a character is no digit. */
  private static int digits(char[] c, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = c[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
