package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.control.LogIngestion;
import io.binnacle.platform.boundary.rest.InflatedBody;
import io.binnacle.platform.control.ingest.ByteBudget;
import io.binnacle.platform.entity.ProblemException;
import org.jspecify.annotations.Nullable;

/** The memory for the body of a batch, which is taken before it is read. */
final class IngestBody {
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
    boolean known = contentLength >= 0 && !InflatedBody.isGzip(encoding);
    // A compressed body of logs inflates ten times at most in practice; the rest is bounded below.
    long expected = known ? contentLength : contentLength < 0 ? limit : contentLength * 10;
    return ingestion.budget().take(Math.min(limit, expected) + FIXED_BYTES);
  }
}
