package io.binnacle.runs.boundary.rest;

import io.binnacle.platform.boundary.rest.JsonFields;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Uuids;
import io.binnacle.runs.control.RunLifecycle;
import io.binnacle.runs.control.RunRegistration;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a script says of its run. */
record RunFields(JsonFields fields) {
  private static final RunDetails NOTHING =
      new RunDetails("run", "{}", List.of(), "", null, null, null, null, null, null);

  private static final Set<String> DETAILS =
      Set.of(
          "name",
          "config",
          "tags",
          "notes",
          "host",
          "git_commit",
          "command",
          "release",
          "environment",
          "service");

  private static final Set<String> NEW = with("run_id", "project_name", "started_at");
  private static final Set<String> CHANGE = with("status", "exit_code", "ended_at");

  RunRegistration.Request registration() {
    fields.only(NEW);
    return new RunRegistration.Request(
        runId(), over(NOTHING), fields.text("project_name"), fields.time("started_at"));
  }

  RunLifecycle.Change change() {
    fields.only(CHANGE);
    return new RunLifecycle.Change(
        this::over, status(), fields.smallNumber("exit_code"), fields.time("ended_at"));
  }

  /** A status by its name in any case. */
  static RunStatus status(String text) {
    try {
      return RunStatus.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("status", "One of RUNNING, FINISHED, FAILED, KILLED, CRASHED.");
    }
  }

  private @Nullable RunStatus status() {
    String text = fields.text("status");
    return text == null || text.isEmpty() ? null : status(text);
  }

  private @Nullable UUID runId() {
    String text = fields.text("run_id");
    return text == null ? null : Uuids.parse("run_id", text);
  }

  private static Set<String> with(String... more) {
    return Stream.concat(DETAILS.stream(), Stream.of(more)).collect(Collectors.toSet());
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
