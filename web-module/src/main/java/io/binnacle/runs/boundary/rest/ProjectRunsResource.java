package io.binnacle.runs.boundary.rest;

import io.binnacle.platform.boundary.rest.Body;
import io.binnacle.platform.boundary.rest.JsonFields;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.control.RunRegistration;
import io.binnacle.security.boundary.rest.Requires;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The runs of one project. */
@Path("/v1/projects/{project}/runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequestScoped
public class ProjectRunsResource {
  @Inject RunRegistration registration;
  @Inject RunLists lists;
  @Inject CurrentCaller caller;

  /** Creates a run, or answers 200 with the one of that id. */
  @POST
  @Requires({Right.INGEST, Right.WRITE})
  public Response create(@PathParam("project") String project, JsonObject body) {
    RunFields fields = new RunFields(new JsonFields(Body.required(body)));
    RunRegistration.Registered registered =
        registration.register(caller.get(), project, fields.registration());
    RunAnswer run = RunAnswer.of(registered.run());
    return registered.created()
        ? Response.created(URI.create("v1/runs/" + run.id())).entity(run).build()
        : Response.ok(run).build();
  }

  /** The runs of a project. */
  @GET
  @Requires(Right.READ)
  public Page<RunAnswer> list(
      @PathParam("project") String project, @BeanParam RunListParameters parameters) {
    if (parameters.project != null) {
      // Ignored, it would answer with the runs of another project than the one that was asked for.
      throw ProblemException.field("project", "The address names the project.");
    }
    return lists.list(caller.get(), project, parameters);
  }
}
