package io.binnacle.runs.boundary.rest;

import io.binnacle.platform.boundary.http.JsonText;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run on the wire: its config is JSON there, and text inside. */
public record RunAnswer(
    String id,
    String project,
    String projectId,
    String name,
    RunStatus status,
    JsonText config,
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
    Instant createdAt,
    @Nullable Double durationSeconds) {

  static RunAnswer of(RunSummary run) {
    Instant ended = run.endedAt();
    return new RunAnswer(
        run.id(),
        run.project(),
        run.projectId(),
        run.name(),
        run.status(),
        new JsonText(run.config()),
        run.tags(),
        run.notes(),
        run.host(),
        run.gitCommit(),
        run.command(),
        run.exitCode(),
        run.release(),
        run.environment(),
        run.service(),
        run.startedAt(),
        ended,
        run.heartbeatAt(),
        run.createdAt(),
        ended == null ? null : Duration.between(run.startedAt(), ended).toMillis() / 1000.0);
  }
}
