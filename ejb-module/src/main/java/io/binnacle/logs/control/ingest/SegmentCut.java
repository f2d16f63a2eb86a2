package io.binnacle.logs.control.ingest;

import io.binnacle.logs.store.segment.EncodedSegment;

/**
 * Lines of a buffer that make a segment.
 *
 * @param bucket the hour since 1970 to which it belongs, or {@code SegmentInfo.WIDE}
 * @param from its first line in the buffer, from 0
 */
public record SegmentCut(int bucket, int from, EncodedSegment encoded) {}
