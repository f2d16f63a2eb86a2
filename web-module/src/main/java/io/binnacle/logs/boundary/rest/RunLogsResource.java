package io.binnacle.logs.boundary.rest;

import io.binnacle.logs.control.LogAccess;
import io.binnacle.logs.control.LogAddress;
import io.binnacle.logs.entity.LogSummary;
import io.binnacle.logs.entity.StreamSummary;
import io.binnacle.platform.boundary.rest.LimitsOwnBody;
import io.binnacle.platform.entity.Page;
import io.binnacle.security.boundary.rest.Requires;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
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

/** The log of a run. */
@Path("/v1/runs/{run_id}/logs")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RunLogsResource {
  @Inject LogEndpoints endpoints;
  @Inject LogAccess access;
  @Inject CurrentCaller caller;
  @Context HttpHeaders headers;
  @Context UriInfo uri;

  @PathParam("run_id")
  String runId;

  /** Stores one line, and answers with it when it is on disk. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @LimitsOwnBody
  @Requires({Right.INGEST, Right.WRITE})
  public CompletionStage<Response> single(InputStream body) {
    return endpoints.single(forData(), headers, body);
  }

  /** Stores a batch, and answers when it is on disk. */
  @POST
  @Path("/batch")
  @Consumes(MediaType.APPLICATION_JSON)
  @LimitsOwnBody
  @Requires({Right.INGEST, Right.WRITE})
  public CompletionStage<Response> batch(InputStream body) {
    return endpoints.batch(forData(), headers, body);
  }

  /** A page of lines. */
  @GET
  @Requires(Right.READ)
  public Response page() {
    return endpoints.page(open(Right.READ), uri);
  }

  /** The newest lines, oldest first. */
  @GET
  @Path("/latest")
  @Requires(Right.READ)
  public Response latest() {
    return endpoints.latest(open(Right.READ), uri);
  }

  /** The log in numbers. */
  @GET
  @Path("/summary")
  @Requires(Right.READ)
  public LogSummary summary() {
    return endpoints.summary(open(Right.READ));
  }

  /** The processes that write it. */
  @GET
  @Path("/streams")
  @Requires(Right.READ)
  public Page<StreamSummary> streams() {
    return endpoints.streams(open(Right.READ));
  }

  /** Lines around one line. */
  @GET
  @Path("/context")
  @Requires(Right.READ)
  public Response context() {
    return endpoints.context(open(Right.READ), uri);
  }

  /** The log as a file. */
  @GET
  @Path("/download")
  @Produces(MediaType.WILDCARD)
  @Requires(Right.READ)
  public Response download() {
    return endpoints.download(open(Right.READ), uri, "run-" + runId);
  }

  /** Deletes all lines that are there. */
  @DELETE
  @Requires(Right.WRITE)
  public void clear() {
    endpoints.clear(caller.get(), open(Right.WRITE));
  }

  private LogAddress forData() {
    return access.runForData(caller.get(), runId);
  }

  private LogAddress open(Right right) {
    return access.run(caller.get(), runId, right);
  }
}
