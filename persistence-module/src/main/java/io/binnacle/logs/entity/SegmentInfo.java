package io.binnacle.logs.entity;

import java.util.List;

/**
 * What is known of a segment without its payload.
 *
 * @param bucket hours since 1970, or {@link #WIDE}
 * @param minTime nanoseconds since 1970
 * @param maxTime nanoseconds since 1970
 * @param severityMask bit {@code s} is set when a line has severity {@code s}
 * @param rawBytes messages and fields, uncompressed
 * @param payloadId the key of its payload
 */
public record SegmentInfo(
    long streamId,
    long firstLine,
    int lines,
    int bucket,
    long minTime,
    long maxTime,
    int severityMask,
    byte[] levelCounts,
    byte[] sourceCounts,
    int rawBytes,
    long payloadId,
    int payloadBytes,
    int checksum) {

  /** The bucket of lines whose time is far from that of their receipt. */
  public static final int WIDE = Integer.MAX_VALUE;

  /** The first line after this segment. */
  public long endLine() {
    return firstLine + lines;
  }

  /** The first of some segments, as many as have so many bytes of payload; at least one. */
  public static List<SegmentInfo> upTo(long payloadBytes, List<SegmentInfo> segments) {
    int count = 0;
    long bytes = 0;
    while (count < segments.size() && bytes < payloadBytes) {
      bytes += segments.get(count++).payloadBytes();
    }
    return segments.subList(0, count);
  }
}
