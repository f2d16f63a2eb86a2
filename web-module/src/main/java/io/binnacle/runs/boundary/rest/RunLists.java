package io.binnacle.runs.boundary.rest;

import io.binnacle.platform.boundary.rest.PageLimit;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.Times;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.runs.control.RunCatalog;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists of runs, as both addresses answer them. */
@ApplicationScoped
public class RunLists {
  @Inject RunCatalog catalog;
  @Inject ProjectCatalog projects;

  Page<RunAnswer> list(Caller caller, @Nullable String project, RunListParameters parameters) {
    Long projectId =
        project == null ? null : Long.valueOf(projects.get(caller, project, Right.READ).id());
    RunFilter filter =
        new RunFilter(
            projectId,
            values(parameters.statuses).map(RunFields::status).collect(Collectors.toSet()),
            values(parameters.tags).toList(),
            parameters.text,
            time("started_after", parameters.startedAfter),
            time("started_before", parameters.startedBefore),
            origin(parameters),
            RunOrder.of(parameters.sort));
    return catalog
        .list(caller, filter, parameters.cursor, PageLimit.of(parameters.limit))
        .map(RunAnswer::of);
  }

  private static RunFilter.Origin origin(RunListParameters parameters) {
    return new RunFilter.Origin(
        parameters.host, parameters.release, parameters.environment, parameters.service);
  }

  /** A parameter may repeat, or hold several values between commas. */
  private static Stream<String> values(List<String> parameter) {
    return parameter.stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static @Nullable Instant time(String field, @Nullable String text) {
    return text == null ? null : Times.instant(Times.parse(field, text));
  }
}
