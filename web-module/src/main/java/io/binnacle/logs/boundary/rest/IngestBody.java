package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.control.LogIngestion;
import io.binnacle.platform.boundary.rest.BoundedStream;
import io.binnacle.platform.control.ingest.ByteBudget;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The body of a batch: memory is taken before it is read, and what it inflates to is bounded. */
final class IngestBody {
  private static final int BUFFER_BYTES = 8192;

  /** Parsed lines take about as much as their JSON. */
  private static final int FIXED_BYTES = 16 << 10;

  private IngestBody() {}

  /**
   * Takes memory for a body.
   *
   * @param contentLength as announced; -1 when it was not
   */
  static ByteBudget.Reservation reserve(
      LogIngestion ingestion, long contentLength, @Nullable String encoding) {
    long limit = ingestion.limits().bodyBytes();
    if (contentLength > limit) {
      throw ProblemException.bodyTooLarge(limit);
    }
    boolean known = contentLength >= 0 && !isGzip(encoding);
    // A compressed body of logs inflates ten times at most in practice; the rest is bounded below.
    long expected = known ? contentLength : contentLength < 0 ? limit : contentLength * 10;
    return ingestion.budget().take(Math.min(limit, expected) + FIXED_BYTES);
  }

  /** The body, inflated and bounded. */
  static InputStream open(InputStream raw, @Nullable String encoding, long limit)
      throws IOException {
    InputStream bounded = new BoundedStream(raw, limit);
    return isGzip(encoding)
        ? new BoundedStream(new GZIPInputStream(bounded, BUFFER_BYTES), limit)
        : bounded;
  }

  private static boolean isGzip(@Nullable String encoding) {
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return false;
    }
    if (encoding.strip().toLowerCase(Locale.ROOT).equals("gzip")) {
      return true;
    }
    throw ProblemException.of(
        ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip or identity.");
  }
}
