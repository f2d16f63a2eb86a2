package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.platform.control.RefusedBatches;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.control.ServiceDirectory;
import io.binnacle.runs.control.RunAccess;
import io.binnacle.runs.control.RunRef;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Opens the log of a run or of a service to a caller. */
@ApplicationScoped
public class LogAccess {
  @Inject RunAccess runs;
  @Inject ProjectCatalog projects;
  @Inject ServiceDirectory services;
  @Inject ProjectAccess access;
  @Inject RefusedBatches refused;

  /** The log of a run, to read or clear. */
  public LogAddress run(Caller caller, String runId, Right right) {
    return of(runs.open(caller, runId, right));
  }

  /** The log of a run, to append to. */
  public LogAddress runForData(Caller caller, String runId) {
    return of(runs.openForBatch(caller, runId, "logs"));
  }

  /** The log of a service, to read or clear. */
  public LogAddress service(Caller caller, String project, String service, Right right) {
    ProjectScope scope = scope(caller, project, right);
    return of(scope, services.idOf(scope, service), service);
  }

  /**
   * The log of a service, to append to; a service is known from its first line. What comes for one
   * that can't be made is counted as refused.
   */
  public LogAddress serviceForData(Caller caller, String project, String service) {
    ProjectScope scope =
        scope(caller, project, caller.may(Right.INGEST) ? Right.INGEST : Right.WRITE);
    try {
      return of(scope, Long.parseLong(services.findOrCreate(scope, service).id()), service);
    } catch (ProblemException e) {
      refused.count(scope.projectId(), "logs", e);
      throw e;
    }
  }

  private ProjectScope scope(Caller caller, String project, Right right) {
    long id = Long.parseLong(projects.get(caller, project, right).id());
    return access.scope(caller, id, right);
  }

  private static LogAddress of(RunRef run) {
    return new LogAddress(
        run.scope(), new LogOwner(OwnerKind.RUN, run.key()), "run_id", run.runId().toString());
  }

  private static LogAddress of(ProjectScope scope, long serviceId, String name) {
    return new LogAddress(scope, new LogOwner(OwnerKind.SERVICE, serviceId), "service", name);
  }
}
