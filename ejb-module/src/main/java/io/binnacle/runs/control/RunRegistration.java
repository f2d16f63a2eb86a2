package io.binnacle.runs.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.Ids;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.control.ProjectLock;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunIdentity;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creating a run; doing it twice with one id creates it once. */
@ApplicationScoped
public class RunRegistration {
  @Inject ProjectCatalog projects;
  @Inject ProjectLock lock;
  @Inject Runs runs;
  @Inject Ids ids;
  @Inject Clock clock;

  /**
   * @param runId the script's own id, or null to have one made
   * @param projectName what people read, if the project must be created
   * @param startedAt null for now
   */
  public record Request(
      @Nullable UUID runId,
      RunDetails details,
      @Nullable String projectName,
      @Nullable Instant startedAt) {}

  /**
   * @param created false when the run was there already
   */
  public record Registered(RunSummary run, boolean created) {}

  /**
   * Creates a run, and its project if it is not there.
   *
   * @throws ProblemException {@code run_id_taken} when the id is in use elsewhere, {@code
   *     run_deleted} when the run was deleted
   */
  @RetryConflicts
  @Transactional
  public Registered register(Caller caller, String projectSlug, Request request) {
    UUID runId = request.runId() == null ? TimeOrderedUuid.next(clock) : request.runId();
    Optional<RunIdentity> existing = runs.identity(runId);
    if (existing.filter(RunIdentity::deleted).isPresent()) {
      // Asked first: its project may be gone, too, and the sender would wait for one for ever.
      throw ProblemException.of(ProblemType.RUN_DELETED, "The run was deleted.");
    }
    ProjectSummary project = projects.findOrCreate(caller, projectSlug, request.projectName());
    long projectId = Long.parseLong(project.id());
    if (existing.isPresent()) {
      return new Registered(again(existing.get(), projectId).summary(project.slug()), false);
    }
    lock.hold(projectId);
    Instant now = clock.instant();
    Instant startedAt = request.startedAt() == null ? now : request.startedAt();
    Run run =
        new Run(ids.next(), runId, projectId, request.details(), caller.userId(), startedAt, now);
    runs.add(run);
    return new Registered(run.summary(project.slug()), true);
  }

  private Run again(RunIdentity run, long projectId) {
    if (run.projectId() != projectId) {
      throw ProblemException.of(ProblemType.RUN_ID_TAKEN, "Choose another run id.");
    }
    return runs.find(run.key()).orElseThrow();
  }
}
