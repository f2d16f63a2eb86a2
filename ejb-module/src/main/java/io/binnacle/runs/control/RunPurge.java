package io.binnacle.runs.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.projects.control.ProjectDataOwner;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Removes what deleted runs owned, a small transaction at a time; a restart goes on with it. */
@ApplicationScoped
public class RunPurge implements ProjectDataOwner {
  /** Few: a run may have a large config. */
  private static final int PAGE = 10;

  @Inject Runs runs;
  @Inject Instance<RunDataOwner> dataOwners;
  @Inject ProjectAccess access;
  @Inject Clock clock;

  /** Deletes some runs of a deleted project. */
  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean removeSome(ProjectScope scope) {
    List<Run> some = runs.lockSome(scope, PAGE);
    for (Run run : some) {
      run.delete(clock.instant());
      dataOwners.forEach(owner -> owner.hide(scope, run.id()));
    }
    return !some.isEmpty();
  }

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean owns(ProjectScope scope) {
    return runs.existUnpurged(scope);
  }

  /**
   * Takes one step.
   *
   * @return whether there may be more to do
   */
  @RetryConflicts
  @Transactional
  public boolean step() {
    var deleted = runs.toPurge(1);
    if (deleted.isEmpty()) {
      return false;
    }
    Run run = deleted.get(0);
    ProjectScope scope = access.background(run.projectId());
    boolean more = false;
    for (RunDataOwner owner : dataOwners) {
      more |= owner.removeSome(scope, run.id());
    }
    if (!more) {
      run.purged(clock.instant());
    }
    return true;
  }
}
