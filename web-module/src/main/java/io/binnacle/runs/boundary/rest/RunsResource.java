package io.binnacle.runs.boundary.rest;

import io.binnacle.platform.boundary.rest.Body;
import io.binnacle.platform.boundary.rest.JsonFields;
import io.binnacle.platform.entity.Page;
import io.binnacle.runs.control.RunAccess;
import io.binnacle.runs.control.RunCatalog;
import io.binnacle.runs.control.RunLifecycle;
import io.binnacle.runs.control.RunRef;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.security.boundary.rest.Requires;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Runs. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class RunsResource {
  @Inject RunCatalog catalog;
  @Inject RunLifecycle lifecycle;
  @Inject RunAccess access;
  @Inject RunLists lists;
  @Inject CurrentCaller caller;

  /** The answer to a heartbeat. */
  public record Heartbeat(RunStatus status) {}

  /** The runs of all projects that the caller sees. */
  @GET
  @Requires(Right.READ)
  public Page<RunAnswer> all(@BeanParam RunListParameters parameters) {
    return lists.list(caller.get(), parameters.project, parameters);
  }

  /** One run. */
  @GET
  @Path("/{run_id}")
  @Requires({Right.READ, Right.INGEST})
  public RunAnswer get(@PathParam("run_id") String runId) {
    return RunAnswer.of(catalog.get(open(runId, Right.READ, Right.INGEST)));
  }

  /** Changes a run; fields that are absent stay as they are. */
  @PATCH
  @Path("/{run_id}")
  @Requires({Right.INGEST, Right.WRITE})
  public RunAnswer change(@PathParam("run_id") String runId, JsonObject body) {
    RunFields fields = new RunFields(new JsonFields(Body.required(body)));
    RunRef run = open(runId, Right.WRITE, Right.INGEST);
    return RunAnswer.of(lifecycle.change(caller.get(), run, fields.change()));
  }

  /** Says that the run lives. */
  @POST
  @Path("/{run_id}/heartbeat")
  @Consumes(MediaType.WILDCARD)
  @Requires({Right.INGEST, Right.WRITE})
  public Heartbeat heartbeat(@PathParam("run_id") String runId) {
    return new Heartbeat(lifecycle.heartbeat(access.openForData(caller.get(), runId)));
  }

  /** Deletes a run with everything it owns. */
  @DELETE
  @Path("/{run_id}")
  @Requires(Right.WRITE)
  public void delete(@PathParam("run_id") String runId) {
    lifecycle.delete(caller.get(), access.open(caller.get(), runId, Right.WRITE));
  }

  private RunRef open(String runId, Right first, Right second) {
    return access.open(caller.get(), runId, caller.get().may(first) ? first : second);
  }
}
