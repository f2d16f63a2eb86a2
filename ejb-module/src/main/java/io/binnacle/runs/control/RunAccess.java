package io.binnacle.runs.control;

import io.binnacle.platform.control.RefusedBatches;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Uuids;
import io.binnacle.projects.control.ProjectDeleted;
import io.binnacle.runs.entity.RunIdentity;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens a run to a caller. What is known of a run is remembered for five seconds: a batch must not
 * cost a query. Another server's deletion is seen by then; the commit itself checks again.
 */
@ApplicationScoped
public class RunAccess {
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX_RUNS = 100_000;

  @Inject RunLookup lookup;
  @Inject ProjectAccess access;
  @Inject RefusedBatches refused;

  private final ConcurrentHashMap<UUID, Remembered> remembered = new ConcurrentHashMap<>();

  private record Remembered(RunIdentity run, long at) {}

  /**
   * A run to read or change.
   *
   * @throws ProblemException NOT_FOUND when there is no such run for this caller
   */
  public RunRef open(Caller caller, String runId, Right right) {
    return open(caller, runId, right, RunAccess::none);
  }

  /**
   * A run that is spoken for by whoever sends its data.
   *
   * @throws ProblemException NOT_FOUND, or {@code run_deleted}, which tells a sender to stop
   */
  public RunRef openForData(Caller caller, String runId) {
    return open(
        caller,
        runId,
        caller.may(Right.INGEST) ? Right.INGEST : Right.WRITE,
        () -> ProblemException.of(ProblemType.RUN_DELETED, "The run was deleted."));
  }

  /**
   * A run to send a batch to. One that comes after the run was deleted is counted as refused.
   *
   * @param kind the class of data, as the ledger of refusals names it
   * @throws ProblemException NOT_FOUND, or {@code run_deleted}, which tells a sender to stop
   */
  public RunRef openForBatch(Caller caller, String runId, String kind) {
    try {
      return openForData(caller, runId);
    } catch (ProblemException e) {
      if (e.type() == ProblemType.RUN_DELETED) {
        refused.count(known(id(runId)).projectId(), kind, e);
      }
      throw e;
    }
  }

  /** Takes a maker of the refusal: its stack trace cost more than all else here. */
  private RunRef open(
      Caller caller, String runId, Right right, Supplier<ProblemException> ifDeleted) {
    UUID id = id(runId);
    RunIdentity run = known(id);
    ProjectScope scope = access.scope(caller, run.projectId(), right, RunAccess::none);
    if (run.deleted()) {
      throw ifDeleted.get();
    }
    return new RunRef(scope, run.key(), id);
  }

  /** An id that is no UUID names no run. */
  private static UUID id(String runId) {
    return Uuids.read(runId).orElseThrow(RunAccess::none);
  }

  private static ProblemException none() {
    return ProblemException.notFound("run");
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) RunDeleted deleted) {
    remembered.remove(deleted.runId());
  }

  void forget(@Observes(during = TransactionPhase.AFTER_COMPLETION) ProjectDeleted deleted) {
    remembered.values().removeIf(known -> known.run.projectId() == deleted.projectId());
  }

  private RunIdentity known(UUID id) {
    long now = System.nanoTime();
    Remembered before = remembered.get(id);
    if (before != null && now - before.at < MAX_AGE_NANOS) {
      return before.run;
    }
    RunIdentity run = lookup.find(id).orElseThrow(RunAccess::none);
    if (remembered.size() >= MAX_RUNS) {
      remembered.clear();
    }
    remembered.put(id, new Remembered(run, now));
    return run;
  }
}
