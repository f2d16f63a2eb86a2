package io.binnacle.platform.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Time as Binnacle keeps it: nanoseconds since 1970 in a long, which reaches from 1677 to 2262. */
public final class Times {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Times() {}

  /**
   * @throws ProblemException when the instant lies outside 1677–2262
   */
  public static long nanos(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      throw ProblemException.field("timestamp", "The time lies outside the years 1677 to 2262.");
    }
  }

  /** The instant of a count of nanoseconds since 1970. */
  public static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  /** The instant of a nullable count. */
  public static @Nullable Instant instantOrNull(@Nullable Long nanos) {
    return nanos == null ? null : instant(nanos);
  }

  /**
   * Reads a time: RFC 3339 with an offset, as {@link Timestamps} takes it.
   *
   * @throws ProblemException naming the field, when the text is no such time
   */
  public static long parse(String field, String text) {
    return valid(field, new Timestamps().parse(text.toCharArray(), 0, text.length()));
  }

  /**
   * Reads a number of seconds since 1970, which may have decimals.
   *
   * @throws ProblemException naming the field, when that is out of range
   */
  public static long ofNumber(String field, String seconds) {
    return valid(field, Timestamps.ofNumber(seconds));
  }

  private static long valid(String field, long nanos) {
    if (nanos == Timestamps.INVALID) {
      throw ProblemException.field(
          field,
          "Expected a time like 2026-11-21T08:15:30.123Z with an offset, in the years 1677 to"
              + " 2262.");
    }
    return nanos;
  }
}
