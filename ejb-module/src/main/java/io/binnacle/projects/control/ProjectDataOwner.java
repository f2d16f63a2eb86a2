package io.binnacle.projects.control;

import io.binnacle.security.entity.ProjectScope;

/**
 * A feature that keeps data of projects. Projects own this port; whoever keeps such data implements
 * it.
 */
public interface ProjectDataOwner {
  /**
   * Removes a part of a deleted project's data, or has it removed, in one small transaction.
   *
   * @return whether there may be more to do at once
   */
  boolean removeSome(ProjectScope scope);

  /** Whether anything of the project is still there. */
  boolean owns(ProjectScope scope);
}
