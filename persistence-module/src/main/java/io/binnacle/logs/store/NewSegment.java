package io.binnacle.logs.store;

import io.binnacle.logs.entity.LogStream;
import io.binnacle.logs.store.segment.EncodedSegment;

/** A segment with its place. */
public record NewSegment(LogStream stream, long firstLine, int bucket, EncodedSegment encoded) {}
