package io.binnacle.logs.entity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds, in numbers.
 *
 * @param bytes of messages and fields, uncompressed
 * @param storedBytes of the same, as they lie on the disk
 */
public record LogSummary(
    long total,
    Map<String, Long> byLevel,
    Map<String, Long> bySource,
    @Nullable Instant firstTime,
    @Nullable Instant lastTime,
    long bytes,
    long storedBytes,
    int streams) {}
