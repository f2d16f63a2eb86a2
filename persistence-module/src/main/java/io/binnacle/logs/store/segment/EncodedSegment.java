package io.binnacle.logs.store.segment;

/**
 * A segment ready to be stored. It does not hold its line numbers: those are known only under the
 * lock of the stream, and stand in the metadata.
 *
 * @param minTime nanoseconds since 1970
 * @param maxTime nanoseconds since 1970
 * @param severityMask bit {@code s} is set when a line has severity {@code s}
 * @param levelCounts see {@link NameCounts}
 * @param sourceCounts see {@link NameCounts}
 * @param rawBytes messages and fields, uncompressed
 * @param checksum CRC-32C of the payload
 */
public record EncodedSegment(
    int lines,
    long minTime,
    long maxTime,
    int severityMask,
    byte[] levelCounts,
    byte[] sourceCounts,
    int rawBytes,
    byte[] payload,
    int checksum) {}
