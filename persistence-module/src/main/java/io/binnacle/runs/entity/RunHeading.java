package io.binnacle.runs.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list for people shows of a run: nothing that may be large.
 *
 * @param id the public UUID
 * @param project the slug
 */
public record RunHeading(
    String id,
    String project,
    String name,
    RunStatus status,
    List<String> tags,
    @Nullable String host,
    @Nullable String release,
    Instant startedAt,
    @Nullable Instant endedAt) {}
