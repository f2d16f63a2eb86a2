package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.control.LogAccess;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.control.upkeep.LogDeletion;
import io.binnacle.logs.entity.LogSummary;
import io.binnacle.platform.boundary.rest.LimitsOwnBody;
import io.binnacle.platform.entity.Page;
import io.binnacle.security.boundary.rest.Requires;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** The log of a service. */
@Path("/v1/projects/{project}/services/{service}/logs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ServiceLogsResource {
  @Inject LogIntake intake;
  @Inject LogAnswers answers;
  @Inject LogDeletion deletion;
  @Inject LogAccess access;
  @Inject CurrentCaller caller;

  /** Stores one line, and answers with it when it is on disk. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @LimitsOwnBody
  @Requires({Right.INGEST, Right.WRITE})
  public CompletionStage<Response> single(
      @PathParam("project") String project,
      @PathParam("service") String service,
      @Context HttpHeaders headers,
      InputStream body) {
    return intake.single(forData(project, service), headers, body);
  }

  /** Stores a batch, and answers when it is on disk. */
  @POST
  @Path("/batch")
  @Consumes(MediaType.APPLICATION_JSON)
  @LimitsOwnBody
  @Requires({Right.INGEST, Right.WRITE})
  public CompletionStage<Response> batch(
      @PathParam("project") String project,
      @PathParam("service") String service,
      @Context HttpHeaders headers,
      InputStream body) {
    return intake.batch(forData(project, service), headers, body);
  }

  /** A page of lines. */
  @GET
  @Requires(Right.READ)
  public Response page(
      @PathParam("project") String project,
      @PathParam("service") String service,
      @Context UriInfo uri) {
    return answers.page(open(project, service, Right.READ), uri);
  }

  /** The newest lines, oldest first. */
  @GET
  @Path("/latest")
  @Requires(Right.READ)
  public Response latest(
      @PathParam("project") String project,
      @PathParam("service") String service,
      @Context UriInfo uri) {
    return answers.latest(open(project, service, Right.READ), uri);
  }

  /** The log in numbers. */
  @GET
  @Path("/summary")
  @Requires(Right.READ)
  public LogSummary summary(
      @PathParam("project") String project,
      @PathParam("service") String service,
      @Context UriInfo uri) {
    return answers.summary(open(project, service, Right.READ), uri);
  }

  /** The processes that write it. */
  @GET
  @Path("/streams")
  @Requires(Right.READ)
  public Page<StreamAnswer> streams(
      @PathParam("project") String project, @PathParam("service") String service) {
    return answers.streams(open(project, service, Right.READ));
  }

  /** Lines around one line. */
  @GET
  @Path("/context")
  @Requires(Right.READ)
  public Response context(
      @PathParam("project") String project,
      @PathParam("service") String service,
      @Context UriInfo uri) {
    return answers.context(open(project, service, Right.READ), uri);
  }

  /** The log as a file. */
  @GET
  @Path("/download")
  @Produces(MediaType.WILDCARD)
  @Requires(Right.READ)
  public Response download(
      @PathParam("project") String project,
      @PathParam("service") String service,
      @Context UriInfo uri) {
    return answers.download(open(project, service, Right.READ), uri, "service-" + service);
  }

  /** Deletes all lines that are there. */
  @DELETE
  @Requires(Right.WRITE)
  public void clear(@PathParam("project") String project, @PathParam("service") String service) {
    LogAddress log = open(project, service, Right.WRITE);
    deletion.clear(caller.get(), log.scope(), log.owner());
  }

  private LogAddress forData(String project, String service) {
    return access.serviceForData(caller.get(), project, service);
  }

  private LogAddress open(String project, String service, Right right) {
    return access.service(caller.get(), project, service, right);
  }
}
