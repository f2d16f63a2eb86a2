package io.binnacle.runs.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.boundary.faces.ProjectsBacking;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.runs.control.RunCatalog;
import io.binnacle.runs.entity.RunActivity;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunHeading;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
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
  @Inject ProjectsBacking shownProjects;

  private @Nullable Page<RunHeading> page;
  private @Nullable Map<Long, RunActivity> activities;

  /** The runs of this page of the list. */
  public Page<RunHeading> getPage() {
    if (page == null) {
      list.shows(RunOrder.ALL.usual(), "q", "status", "tag");
      page = runs.headings(caller.get(), filter(), list.parameter("cursor"), PAGE);
    }
    return page;
  }

  /** Answers with an error page when the address makes no sense. */
  public void load() {
    PageAction.load(this::getPage);
  }

  /** What goes on in a project of the list of projects; read for all of its page at once. */
  public RunActivity activityOf(ProjectSummary project) {
    if (activities == null) {
      List<Long> shown =
          shownProjects.getPage().items().stream().map(one -> Long.valueOf(one.id())).toList();
      activities = runs.activity(caller.get(), shown);
    }
    return activities.getOrDefault(Long.valueOf(project.id()), RunActivity.NONE);
  }

  /** Whether there is nothing to list at all, so that the page says how to begin. */
  public boolean isWithout() {
    return getPage().items().isEmpty() && !list.isFiltered() && !list.isContinued();
  }

  /** All statuses, for the menu. */
  public List<RunStatus> getStatuses() {
    return List.of(RunStatus.values());
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
        RunOrder.of(list.sort()));
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
}
