package io.binnacle.projects.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.store.Projects;
import io.binnacle.projects.store.Services;
import io.binnacle.security.control.Members;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/**
 * Removes what deleted projects owned, a small transaction at a time; a restart goes on with it.
 * The members go last: until then those who still send learn that their run was deleted.
 */
@ApplicationScoped
public class ProjectPurge {
  @Inject Projects projects;
  @Inject Services services;
  @Inject Members members;
  @Inject Instance<ProjectDataOwner> dataOwners;
  @Inject ProjectAccess access;
  @Inject Clock clock;

  /**
   * Takes one step.
   *
   * @return whether there may be more to do at once
   */
  @RetryConflicts
  @Transactional
  public boolean step() {
    for (Project project : projects.toPurge()) {
      ProjectScope scope = access.background(project.id());
      boolean more = false;
      boolean left = false;
      for (ProjectDataOwner owner : dataOwners) {
        more |= owner.removeSome(scope);
        left |= owner.owns(scope);
      }
      if (more) {
        return true;
      }
      if (!left) {
        end(project, scope);
      }
    }
    return false;
  }

  private void end(Project project, ProjectScope scope) {
    members.disband(scope);
    services.removeAll(scope);
    project.purged(clock.instant());
  }
}
