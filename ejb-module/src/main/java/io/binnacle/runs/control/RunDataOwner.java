package io.binnacle.runs.control;

import io.binnacle.security.entity.ProjectScope;

/** A feature that keeps data of runs. Runs own this port; whoever keeps such data implements it. */
public interface RunDataOwner {
  /** Hides all data of a run, in the transaction that deletes the run. */
  void hide(ProjectScope scope, long runKey);

  /**
   * Removes a part of a deleted run's data, small enough for one transaction.
   *
   * @return whether there may be more
   */
  boolean removeSome(ProjectScope scope, long runKey);
}
