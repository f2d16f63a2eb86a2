package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import org.jspecify.annotations.Nullable;

/** The length that a request declares for its body. */
public final class ContentLength {
  private ContentLength() {}

  /**
   * Reads the header. Over HTTP/2 Liberty repeats its value, {@code 75,75}, which RFC 9110 allows
   * as long as all are the same.
   *
   * @param absent the answer when there is no such header
   * @throws ProblemException MALFORMED_BODY when it is no number
   */
  public static long of(@Nullable String header, long absent) {
    if (header == null) {
      return absent;
    }
    String[] values = header.split(",", -1);
    try {
      long length = Long.parseLong(values[0].strip());
      for (String value : values) {
        if (Long.parseLong(value.strip()) != length) {
          throw new NumberFormatException(header);
        }
      }
      return length;
    } catch (NumberFormatException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "Content-Length is no number.");
    }
  }
}
