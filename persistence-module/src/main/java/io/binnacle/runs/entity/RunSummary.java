package io.binnacle.runs.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is read.
 *
 * @param id the public UUID
 * @param project the slug
 * @param config a JSON object
 */
public record RunSummary(
    String id,
    String project,
    String projectId,
    String name,
    RunStatus status,
    String config,
    List<String> tags,
    String notes,
    @Nullable String host,
    @Nullable String gitCommit,
    @Nullable String command,
    @Nullable Integer exitCode,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String service,
    Instant startedAt,
    @Nullable Instant endedAt,
    Instant heartbeatAt,
    Instant createdAt) {}
