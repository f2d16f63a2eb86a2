package io.binnacle.runs.control;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, the rest random. */
final class TimeOrderedUuid {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeOrderedUuid() {}

  static UUID next(Clock clock) {
    long high = clock.millis() << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
    long low = RANDOM.nextLong() >>> 2 | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
