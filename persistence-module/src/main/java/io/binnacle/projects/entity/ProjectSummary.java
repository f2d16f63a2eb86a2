package io.binnacle.projects.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project as it is read.
 *
 * @param retentionDays how long logs are kept; null for ever
 * @param retentionBytes of all compressed logs; null for no limit
 * @param streamBytes of one stream's compressed logs; null for no limit
 * @param version for {@code If-Match}
 */
public record ProjectSummary(
    String id,
    int number,
    String slug,
    String name,
    String description,
    @Nullable Integer retentionDays,
    @Nullable Long retentionBytes,
    @Nullable Long streamBytes,
    Instant createdAt,
    long version) {}
