package io.binnacle.runs.boundary.rest;

import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run on the wire: its config is JSON there, and text inside. */
public record RunAnswer(
    String id,
    String project,
    String projectId,
    String name,
    RunStatus status,
    JsonValue config,
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

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  static RunAnswer of(RunSummary run) {
    Instant ended = run.endedAt();
    return new RunAnswer(
        run.id(),
        run.project(),
        run.projectId(),
        run.name(),
        run.status(),
        json(run.config()),
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

  private static JsonValue json(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }
}
