package io.binnacle.runs.boundary.rest;

import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query parameters of lists of runs. JAX-RS fills fields, so they can't be a record. */
public class RunListParameters {
  @QueryParam("project")
  @Nullable String project;

  @QueryParam("status")
  List<String> statuses = List.of();

  @QueryParam("tag")
  List<String> tags = List.of();

  @QueryParam("q")
  @Nullable String text;

  @QueryParam("started_after")
  @Nullable String startedAfter;

  @QueryParam("started_before")
  @Nullable String startedBefore;

  @QueryParam("host")
  @Nullable String host;

  @QueryParam("release")
  @Nullable String release;

  @QueryParam("environment")
  @Nullable String environment;

  @QueryParam("service")
  @Nullable String service;

  @QueryParam("sort")
  @Nullable String sort;

  @QueryParam("cursor")
  @Nullable String cursor;

  @QueryParam("limit")
  @Nullable Integer limit;
}
