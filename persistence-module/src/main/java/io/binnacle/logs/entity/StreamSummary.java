package io.binnacle.logs.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stream as it is read.
 *
 * @param labels a JSON object
 * @param firstLine the first line that can be read
 * @param nextLine the number of the line that comes next
 * @param lines how many lines can be read
 */
public record StreamSummary(
    String id,
    String name,
    String labels,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String service,
    long firstLine,
    long nextLine,
    long lines,
    Instant createdAt) {}
