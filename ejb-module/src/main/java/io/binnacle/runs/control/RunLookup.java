package io.binnacle.runs.control;

import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Reads the few things that every request for a run needs, in a transaction of its own. */
@ApplicationScoped
public class RunLookup {
  @Inject Runs runs;

  /** What does not change in the life of a run, but for its deletion. */
  public record Known(long key, long projectId, boolean deleted) {}

  /** A run by its public id, deleted or not. */
  @Transactional
  public Optional<Known> find(UUID runId) {
    return runs.find(runId).map(RunLookup::known);
  }

  /** The status of a run; empty when it was deleted. */
  @Transactional
  public Optional<RunStatus> status(ProjectScope scope, long key) {
    return runs.find(key)
        .filter(run -> run.projectId() == scope.projectId() && !run.isDeleted())
        .map(Run::status);
  }

  private static Known known(Run run) {
    return new Known(run.id(), run.projectId(), run.isDeleted());
  }
}
