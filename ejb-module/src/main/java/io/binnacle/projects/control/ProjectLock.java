package io.binnacle.projects.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.store.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Holds a project as it is while a transaction adds something that it owns. */
@ApplicationScoped
public class ProjectLock {
  @Inject Projects projects;

  /**
   * Locks the project until the caller's transaction ends, so that it can't be deleted meanwhile.
   *
   * @throws ProblemException NOT_FOUND when it was deleted
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void hold(long projectId) {
    if (projects.lock(projectId).filter(project -> !project.isDeleted()).isEmpty()) {
      throw ProblemException.notFound("project");
    }
  }
}
