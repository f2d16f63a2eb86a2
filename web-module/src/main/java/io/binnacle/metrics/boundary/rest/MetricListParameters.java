package io.binnacle.metrics.boundary.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The query parameters of a metric's values. JAX-RS fills fields, so they can't be a record. */
public class MetricListParameters {
  @QueryParam("name")
  @Nullable String name;

  @QueryParam("from_step")
  @DefaultValue("0")
  long fromStep;

  @QueryParam("max_points")
  @Nullable Integer maxPoints;

  @QueryParam("cursor")
  @Nullable String cursor;

  @QueryParam("limit")
  @Nullable Integer limit;
}
