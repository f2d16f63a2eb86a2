package io.binnacle.runs.control;

import io.binnacle.runs.entity.RunIdentity;
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

  /** A run by its public id, deleted or not. */
  @Transactional
  public Optional<RunIdentity> find(UUID runId) {
    return runs.identity(runId);
  }

  /** The status of a run; empty when it was deleted. */
  @Transactional
  public Optional<RunStatus> status(ProjectScope scope, long key) {
    return runs.status(scope, key);
  }
}
