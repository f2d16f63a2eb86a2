package io.binnacle.logs.control.ingest;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.StreamDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as its sender meant it, parsed and checked.
 *
 * @param header what holds for all of its lines
 * @param lines the good lines
 * @param refused the first refused lines, at most {@link LogLimits#LISTED_REFUSALS}
 * @param refusedCount all refused lines
 * @param truncated how many of the good lines were cut
 * @param contentHash 64 bits that tell other content under the same number; equal for equal bytes
 */
public record LogBatch(
    Header header,
    LineBuffer lines,
    List<RefusedLine> refused,
    int refusedCount,
    int truncated,
    long contentHash) {

  /** The time of the newest line; the lowest of all without lines. */
  long newest() {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < lines.lines(); i++) {
      newest = Math.max(newest, lines.time(i));
    }
    return newest;
  }

  /**
   * @param stream the name of the process
   * @param labels a JSON object
   * @param clientId the sender; null when it asks for no deduplication
   * @param batchNo its number for the batch; 0 when it asks for no deduplication
   */
  public record Header(
      String stream,
      String labels,
      @Nullable String release,
      @Nullable String environment,
      @Nullable String service,
      @Nullable String clientId,
      long batchNo) {

    /** What this header says of a stream; what it does not say stays as it is known. */
    StreamDescription describe(StreamDescription known) {
      return new StreamDescription(
          labels.equals(StreamDescription.NO_LABELS) ? known.labels() : labels,
          release == null ? known.release() : release,
          environment == null ? known.environment() : environment,
          service == null ? known.service() : service);
    }
  }
}
