package io.binnacle.runs.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.runs.control.RunCatalog;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunHeading;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The list of runs, of one project or of all; the address holds the filter. */
@Named("runs")
@RequestScoped
public class RunsBacking {
  private static final int PAGE = 50;

  @Inject RunCatalog runs;
  @Inject ProjectCatalog projects;
  @Inject CurrentCaller caller;
  @Inject Route route;
  @Inject ListAddress list;

  /** A row of the list of projects asks several times. */
  private final Map<String, Page<RunHeading>> newest = new HashMap<>();

  private final Map<String, Long> running = new HashMap<>();

  private @Nullable Page<RunHeading> page;

  /** The runs of this page of the list. */
  public Page<RunHeading> getPage() {
    if (page == null) {
      page = runs.headings(caller.get(), filter(), list.parameter("cursor"), PAGE);
    }
    return page;
  }

  /** Answers with an error page when the address makes no sense. */
  public void load() {
    PageAction.load(this::getPage);
  }

  /** The newest run and the number of all, for the row of a project. */
  public Page<RunHeading> newestOf(ProjectSummary project) {
    return newest.computeIfAbsent(
        project.id(), id -> runs.headings(caller.get(), of(project, Set.of()), null, 1));
  }

  /** How many runs of a project are running. */
  public long runningIn(ProjectSummary project) {
    return running.computeIfAbsent(
        project.id(),
        id -> runs.headings(caller.get(), of(project, Set.of(RunStatus.RUNNING)), null, 1).total());
  }

  /** Whether there is nothing to list at all, so that the page says how to begin. */
  public boolean isWithout() {
    return !list.isFiltered() && !list.isContinued() && getPage().items().isEmpty();
  }

  /** All statuses, for the menu. */
  public List<String> getStatuses() {
    return Arrays.stream(RunStatus.values()).map(RunStatus::name).toList();
  }

  /** A status as people read it. */
  public String words(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private RunFilter filter() {
    String project = route.name("project");
    Long projectId =
        project.isEmpty()
            ? null
            : Long.valueOf(projects.get(caller.get(), project, Right.READ).id());
    String tag = list.parameter("tag");
    return new RunFilter(
        projectId,
        statuses(),
        tag == null ? List.of() : List.of(tag),
        list.parameter("q"),
        null,
        null,
        RunFilter.Origin.ANY,
        RunOrder.of(list.sort(RunOrder.ALL.usual())));
  }

  private Set<RunStatus> statuses() {
    String status = list.parameter("status");
    if (status == null) {
      return Set.of();
    }
    try {
      return Set.of(RunStatus.valueOf(status.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("status", "There is no such status.");
    }
  }

  private static RunFilter of(ProjectSummary project, Set<RunStatus> statuses) {
    return new RunFilter(
        Long.valueOf(project.id()),
        statuses,
        List.of(),
        null,
        null,
        null,
        RunFilter.Origin.ANY,
        RunOrder.NEWEST);
  }
}
