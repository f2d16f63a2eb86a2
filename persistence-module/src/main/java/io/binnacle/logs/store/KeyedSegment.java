package io.binnacle.logs.store;

/** A segment to be written, with the key of its payload. */
record KeyedSegment(NewSegment segment, long payloadId) {}
