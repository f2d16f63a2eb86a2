package io.binnacle.runs.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.control.Audit;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changing and deleting a run. */
@ApplicationScoped
public class RunLifecycle {
  @Inject Runs runs;
  @Inject ProjectCatalog projects;
  @Inject Instance<RunDataOwner> dataOwners;
  @Inject Event<RunDeleted> deletions;
  @Inject Event<RunStatusChanged> statusChanges;
  @Inject Audit audit;
  @Inject Clock clock;

  /**
   * @param details what becomes of what the run says of itself
   * @param status null to leave it
   * @param endedAt null for now
   */
  public record Change(
      UnaryOperator<RunDetails> details,
      @Nullable RunStatus status,
      @Nullable Integer exitCode,
      @Nullable Instant endedAt) {}

  /**
   * Changes a run. One that is RUNNING thereby shows that it lives, if a key that may send its data
   * changes it: that is the script; a person is not.
   */
  @RetryConflicts
  @Transactional
  public RunSummary change(Caller caller, RunRef ref, Change change) {
    Run run = find(ref);
    run.describe(change.details().apply(run.details()));
    if (change.status() == null) {
      run.correct(change.exitCode(), change.endedAt());
    } else {
      run.become(change.status(), change.exitCode(), change.endedAt(), clock.instant());
      statusChanges.fire(new RunStatusChanged(run.id(), run.status()));
    }
    if (run.status() == RunStatus.RUNNING && caller.keyId() != null && caller.may(Right.INGEST)) {
      run.beat(clock.instant());
    }
    return run.summary(projects.slugOf(run.projectId()).orElse(""));
  }

  /** Notes that a run lives. */
  @RetryConflicts
  @Transactional
  public RunStatus heartbeat(RunRef ref) {
    Run run = find(ref);
    RunStatus before = run.status();
    run.beat(clock.instant());
    if (run.status() != before) {
      statusChanges.fire(new RunStatusChanged(run.id(), run.status()));
    }
    return run.status();
  }

  /** Deletes a run: gone for every reader at once, and from the disk soon. */
  @RetryConflicts
  @Transactional
  public void delete(Caller caller, RunRef ref) {
    // Held before its data is hidden: nothing can be added between the two.
    Run run = living(runs.lock(ref.key()));
    run.delete(clock.instant());
    dataOwners.forEach(owner -> owner.hide(ref.scope(), ref.key()));
    audit.record(
        caller,
        "run.delete",
        AuditSubject.of("run", run.runId(), ref.scope()),
        Map.of("name", run.name(), "status", run.status().name()),
        null);
    deletions.fire(new RunDeleted(ref.runId(), ref.key()));
  }

  private Run find(RunRef ref) {
    return living(runs.find(ref.key()));
  }

  private static Run living(Optional<Run> found) {
    return found
        .filter(run -> !run.isDeleted())
        .orElseThrow(() -> ProblemException.notFound("run"));
  }
}
