package io.binnacle.metrics.boundary.rest;

import io.binnacle.metrics.control.MetricAck;
import io.binnacle.metrics.control.MetricBatch;
import io.binnacle.metrics.control.MetricBatchReader;
import io.binnacle.metrics.control.MetricCatalog;
import io.binnacle.metrics.control.MetricChart;
import io.binnacle.metrics.control.MetricIngestion;
import io.binnacle.metrics.control.MetricLimits;
import io.binnacle.platform.boundary.rest.InflatedBody;
import io.binnacle.platform.boundary.rest.LimitsOwnBody;
import io.binnacle.platform.boundary.rest.MeteredBody;
import io.binnacle.platform.boundary.rest.PageLimit;
import io.binnacle.platform.control.RefusedBatches;
import io.binnacle.platform.control.ingest.ByteBudget;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Times;
import io.binnacle.runs.control.RunAccess;
import io.binnacle.runs.control.RunRef;
import io.binnacle.security.boundary.rest.Requires;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The metrics of a run. */
@Path("/v1/runs/{run_id}/metrics")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MetricsResource {
  private static final String KIND = "metrics";

  /** The request, the parser and its buffers. */
  private static final int FIXED_BYTES = 32 << 10;

  /** A value is some ten bytes of JSON, and a name, a step, a time and a number as objects. */
  private static final int MEMORY_FACTOR = 6;

  private static final int MIN_POINTS = 3;
  private static final int MAX_POINTS = 10_000;

  @Inject MetricIngestion ingestion;
  @Inject MetricCatalog catalog;
  @Inject MetricChart chart;
  @Inject RefusedBatches refused;
  @Inject RunAccess access;
  @Inject CurrentCaller caller;
  @Inject Clock clock;
  @Context HttpHeaders headers;

  @PathParam("run_id")
  String runId;

  /** Stores points, and answers when they are on disk; sending them again changes nothing. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @LimitsOwnBody
  @Requires({Right.INGEST, Right.WRITE})
  public MetricAck store(InputStream body) {
    RunRef run = access.openForBatch(caller.get(), runId, KIND);
    try {
      return stored(run, body);
    } catch (RuntimeException | Error e) {
      refused.count(run.scope().projectId(), KIND, e);
      throw e;
    }
  }

  private MetricAck stored(RunRef run, InputStream body) {
    ByteBudget.Reservation memory = ingestion.budget().take(FIXED_BYTES);
    try {
      return ingestion.store(run, read(body, memory));
    } finally {
      memory.release();
    }
  }

  /** The metrics that the run has, in numbers. */
  @GET
  @Path("/names")
  @Requires(Right.READ)
  public Page<MetricAnswers.Name> names(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit) {
    return catalog.summaries(open(), cursor, PageLimit.of(limit)).map(MetricAnswers::of);
  }

  /** The values of one metric: a page of them, or a curve of at most {@code max_points}. */
  @GET
  @Requires(Right.READ)
  public Page<MetricAnswers.Sample> values(@BeanParam MetricListParameters parameters) {
    String name = parameters.name;
    if (name == null || name.isEmpty()) {
      throw ProblemException.field("name", "Name the metric.");
    }
    if (parameters.fromStep < 0) {
      throw ProblemException.field("from_step", "A step is 0 or more.");
    }
    Integer maxPoints = parameters.maxPoints;
    if (maxPoints == null) {
      int limit = PageLimit.of(parameters.limit);
      return catalog
          .page(open(), name, parameters.fromStep, parameters.cursor, limit)
          .map(MetricAnswers::of);
    }
    if (maxPoints < MIN_POINTS || maxPoints > MAX_POINTS) {
      throw ProblemException.limit(
          "max_points", MAX_POINTS, "Expected " + MIN_POINTS + " to " + MAX_POINTS + ".");
    }
    if (parameters.limit != null) {
      throw ProblemException.field("limit", "max_points is the limit of a curve.");
    }
    return chart
        .draw(open(), name, parameters.fromStep, parameters.cursor, maxPoints)
        .map(MetricAnswers::of);
  }

  private RunRef open() {
    return access.open(caller.get(), runId, Right.READ);
  }

  private MetricBatch read(InputStream body, ByteBudget.Reservation memory) {
    AtomicLong bytes = new AtomicLong();
    IntConsumer meter =
        count -> memory.growTo(FIXED_BYTES + MEMORY_FACTOR * bytes.addAndGet(count));
    String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    try (InputStream inflated =
        new MeteredBody(InflatedBody.open(body, encoding, MetricLimits.BODY_BYTES), meter)) {
      return MetricBatchReader.read(inflated, Times.nanos(clock.instant()));
    } catch (IOException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "The body is not valid gzip.");
    }
  }
}
