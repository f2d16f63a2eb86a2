package io.binnacle.logs.entity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds, in numbers.
 *
 * @param total lines of segments that can be read whole, of which all other numbers are
 * @param totalExact false when there are lines beside them: while retention cuts a segment
 * @param bytes of messages and fields, uncompressed
 * @param storedBytes of the same, as they lie on the disk
 */
public record LogSummary(
    long total,
    boolean totalExact,
    Map<String, Long> byLevel,
    Map<String, Long> bySource,
    @Nullable Instant firstTime,
    @Nullable Instant lastTime,
    long bytes,
    long storedBytes,
    int streams) {}
