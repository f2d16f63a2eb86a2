package io.binnacle.runs.boundary.rest;

import io.binnacle.platform.boundary.rest.JsonFields;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.control.RunLifecycle;
import io.binnacle.runs.control.RunRegistration;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunStatus;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a script says of its run. */
record RunFields(JsonFields fields) {
  private static final RunDetails NOTHING =
      new RunDetails("run", "{}", List.of(), "", null, null, null, null, null, null);

  RunRegistration.Request registration() {
    return new RunRegistration.Request(
        runId(), over(NOTHING), fields.text("project_name"), fields.time("started_at"));
  }

  RunLifecycle.Change change() {
    return new RunLifecycle.Change(
        this::over, status(), fields.smallNumber("exit_code"), fields.time("ended_at"));
  }

  /** A status by its name in any case; null when the text is. */
  static @Nullable RunStatus status(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return RunStatus.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("status", "One of RUNNING, FINISHED, FAILED, KILLED, CRASHED.");
    }
  }

  private @Nullable RunStatus status() {
    return status(fields.text("status"));
  }

  private @Nullable UUID runId() {
    String text = fields.text("run_id");
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("run_id", "Expected a UUID.");
    }
  }

  private RunDetails over(RunDetails before) {
    String name = fields.text("name", before.name());
    String notes = fields.text("notes", before.notes());
    return new RunDetails(
        name == null ? before.name() : name,
        fields.json("config", before.config()),
        fields.texts("tags", before.tags()),
        notes == null ? "" : notes,
        fields.text("host", before.host()),
        fields.text("git_commit", before.gitCommit()),
        fields.text("command", before.command()),
        fields.text("release", before.release()),
        fields.text("environment", before.environment()),
        fields.text("service", before.service()));
  }
}
