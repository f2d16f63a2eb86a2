package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.entity.StreamSummary;
import io.binnacle.platform.boundary.http.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stream on the wire: its labels are a JSON object there, and text inside. */
public record StreamAnswer(
    String id,
    String name,
    JsonText labels,
    @Nullable String release,
    @Nullable String environment,
    @Nullable String service,
    long firstLine,
    long nextLine,
    long lines,
    Instant createdAt) {

  static StreamAnswer of(StreamSummary stream) {
    return new StreamAnswer(
        stream.id(),
        stream.name(),
        new JsonText(stream.labels()),
        stream.release(),
        stream.environment(),
        stream.service(),
        stream.firstLine(),
        stream.nextLine(),
        stream.lines(),
        stream.createdAt());
  }
}
