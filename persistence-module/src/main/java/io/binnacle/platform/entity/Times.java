package io.binnacle.platform.entity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Time as Binnacle keeps it: nanoseconds since 1970 in a long, which reaches from 1677 to 2262. */
public final class Times {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Times() {}

  /**
   * @throws ProblemException when the instant lies outside 1677–2262
   */
  public static long nanos(Instant instant) {
    return nanos("timestamp", instant);
  }

  private static long nanos(String field, Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      throw ProblemException.field(field, "The time lies outside the years 1677 to 2262.");
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
   * Reads a query parameter: RFC 3339 with an offset.
   *
   * @throws ProblemException naming the field, when the text is no such time
   */
  public static long parse(String field, String text) {
    try {
      return nanos(field, OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw ProblemException.field(
          field, "Expected a time like 2026-11-21T08:15:30.123Z with an offset.");
    }
  }
}
