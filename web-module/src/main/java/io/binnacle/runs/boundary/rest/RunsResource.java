package io.binnacle.runs.boundary.rest;

import io.binnacle.platform.boundary.rest.Body;
import io.binnacle.platform.boundary.rest.JsonFields;
import io.binnacle.platform.boundary.rest.PageLimit;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.Times;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.runs.control.RunAccess;
import io.binnacle.runs.control.RunCatalog;
import io.binnacle.runs.control.RunLifecycle;
import io.binnacle.runs.control.RunRef;
import io.binnacle.runs.control.RunRegistration;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunOrder;
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
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class RunsResource {
  @Inject RunRegistration registration;
  @Inject RunCatalog catalog;
  @Inject RunLifecycle lifecycle;
  @Inject RunAccess access;
  @Inject ProjectCatalog projects;
  @Inject CurrentCaller caller;

  /** The answer to a heartbeat. */
  public record Heartbeat(RunStatus status) {}

  /** Creates a run, or answers 200 with the one of that id. */
  @POST
  @Path("/projects/{project}/runs")
  @Requires({Right.INGEST, Right.WRITE})
  public Response create(@PathParam("project") String project, JsonObject body) {
    RunFields fields = new RunFields(new JsonFields(Body.required(body)));
    RunRegistration.Registered registered =
        registration.register(caller.get(), project, fields.registration());
    RunAnswer run = RunAnswer.of(registered.run());
    return registered.created()
        ? Response.created(URI.create("/api/v1/runs/" + run.id())).entity(run).build()
        : Response.ok(run).build();
  }

  /** The runs of a project. */
  @GET
  @Path("/projects/{project}/runs")
  @Requires(Right.READ)
  public Page<RunAnswer> ofProject(
      @PathParam("project") String project, @BeanParam RunListParameters parameters) {
    return list(parameters, project);
  }

  /** The runs of all projects that the caller sees. */
  @GET
  @Path("/runs")
  @Requires(Right.READ)
  public Page<RunAnswer> all(@BeanParam RunListParameters parameters) {
    return list(parameters, parameters.project);
  }

  /** One run. */
  @GET
  @Path("/runs/{run_id}")
  @Requires({Right.READ, Right.INGEST})
  public RunAnswer get(@PathParam("run_id") String runId) {
    return RunAnswer.of(catalog.get(open(runId, Right.READ, Right.INGEST)));
  }

  /** Changes a run; fields that are absent stay as they are. */
  @PATCH
  @Path("/runs/{run_id}")
  @Requires({Right.INGEST, Right.WRITE})
  public RunAnswer change(@PathParam("run_id") String runId, JsonObject body) {
    RunFields fields = new RunFields(new JsonFields(Body.required(body)));
    return RunAnswer.of(lifecycle.change(open(runId, Right.WRITE, Right.INGEST), fields.change()));
  }

  /** Says that the run lives. */
  @POST
  @Path("/runs/{run_id}/heartbeat")
  @Consumes(MediaType.WILDCARD)
  @Requires({Right.INGEST, Right.WRITE})
  public Heartbeat heartbeat(@PathParam("run_id") String runId) {
    return new Heartbeat(lifecycle.heartbeat(access.openForData(caller.get(), runId)));
  }

  /** Deletes a run with everything it owns. */
  @DELETE
  @Path("/runs/{run_id}")
  @Requires(Right.WRITE)
  public void delete(@PathParam("run_id") String runId) {
    lifecycle.delete(caller.get(), access.open(caller.get(), runId, Right.WRITE));
  }

  private RunRef open(String runId, Right first, Right second) {
    return access.open(caller.get(), runId, caller.get().may(first) ? first : second);
  }

  private Page<RunAnswer> list(RunListParameters parameters, @Nullable String project) {
    Long projectId =
        project == null ? null : Long.valueOf(projects.get(caller.get(), project, Right.READ).id());
    RunFilter filter =
        new RunFilter(
            projectId,
            RunFields.status(parameters.status),
            parameters.tag,
            parameters.text,
            time("started_after", parameters.startedAfter),
            time("started_before", parameters.startedBefore),
            RunOrder.of(parameters.sort));
    return catalog
        .list(caller.get(), filter, parameters.cursor, PageLimit.of(parameters.limit))
        .map(RunAnswer::of);
  }

  private static @Nullable Instant time(String field, @Nullable String text) {
    return text == null ? null : Times.instant(Times.parse(field, text));
  }
}
