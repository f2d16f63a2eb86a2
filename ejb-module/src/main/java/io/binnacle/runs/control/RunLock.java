package io.binnacle.runs.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.runs.store.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Holds a run as it is while a transaction adds data to it. */
@ApplicationScoped
public class RunLock {
  @Inject Runs runs;

  /**
   * Locks the run until the caller's transaction ends, so that it can't be deleted meanwhile.
   *
   * @throws ProblemException {@code run_deleted}, which tells a sender to stop
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void hold(long runKey) {
    if (!runs.holdLiving(runKey)) {
      throw ProblemException.of(ProblemType.RUN_DELETED, "The run was deleted.");
    }
  }
}
