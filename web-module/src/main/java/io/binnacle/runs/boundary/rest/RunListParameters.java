package io.binnacle.runs.boundary.rest;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The query parameters of lists of runs. JAX-RS fills fields, so they can't be a record. */
public class RunListParameters {
  @QueryParam("project")
  @Nullable String project;

  @QueryParam("status")
  @Nullable String status;

  @QueryParam("tag")
  @Nullable String tag;

  @QueryParam("q")
  @Nullable String text;

  @QueryParam("started_after")
  @Nullable String startedAfter;

  @QueryParam("started_before")
  @Nullable String startedBefore;

  @QueryParam("sort")
  @Nullable String sort;

  @QueryParam("cursor")
  @Nullable String cursor;

  @QueryParam("limit")
  @Nullable Integer limit;
}
