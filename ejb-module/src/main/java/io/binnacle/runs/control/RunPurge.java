package io.binnacle.runs.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Removes what deleted runs owned, a small transaction at a time; a restart goes on with it. */
@ApplicationScoped
public class RunPurge {
  private static final int PAGE = 50;

  @Inject Runs runs;
  @Inject ProjectCatalog projects;
  @Inject Instance<RunDataOwner> dataOwners;
  @Inject ProjectAccess access;
  @Inject Clock clock;

  /**
   * Deletes a step of the runs of deleted projects.
   *
   * @return whether there may be more
   */
  @RetryConflicts
  @Transactional
  public boolean deleteWithProjects() {
    for (long projectId : projects.deleted()) {
      var left = runs.ofProject(projectId, PAGE);
      for (Run run : left) {
        run.delete(clock.instant());
        dataOwners.forEach(owner -> owner.hide(access.background(projectId), run.id()));
      }
      if (!left.isEmpty()) {
        return true;
      }
    }
    return false;
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
