package io.binnacle.runs.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.runs.control.RunCatalog;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of runs, of one project or of all; the address holds the filter. */
@Named("runs")
@RequestScoped
public class RunsBacking {
  private static final int PAGE = 50;
  private static final List<String> FILTERS = List.of("q", "status", "tag", "sort");

  @Inject RunCatalog runs;
  @Inject ProjectCatalog projects;
  @Inject CurrentCaller caller;
  @Inject Route route;
  @Inject HttpServletRequest request;

  /** A tile asks several times. */
  private final Map<String, Page<RunSummary>> newest = new HashMap<>();

  private @Nullable Page<RunSummary> page;

  /** The runs of this page of the list. */
  public Page<RunSummary> getPage() {
    if (page == null) {
      page = runs.list(caller.get(), filter(), parameter("cursor"), PAGE);
    }
    return page;
  }

  /** Answers with an error page when the address makes no sense. */
  public void load() {
    PageAction.load(this::getPage);
  }

  /** The newest run and the number of all, for the tile of a project. */
  public Page<RunSummary> newestOf(ProjectSummary project) {
    return newest.computeIfAbsent(
        project.id(), id -> runs.list(caller.get(), of(project, null), null, 1));
  }

  /** How many runs of a project are running. */
  public long runningIn(ProjectSummary project) {
    return runs.list(caller.get(), of(project, RunStatus.RUNNING), null, 1).total();
  }

  /** Whether the reader narrowed the list. */
  public boolean isFiltered() {
    return parameter("q") != null || parameter("status") != null || parameter("tag") != null;
  }

  /** Whether there is nothing to list at all, so that the page says how to begin. */
  public boolean isWithout() {
    return !isFiltered() && parameter("cursor") == null && getPage().items().isEmpty();
  }

  /** All statuses, for the menu. */
  public List<String> getStatuses() {
    return Arrays.stream(RunStatus.values()).map(RunStatus::name).toList();
  }

  /** A status as people read it. */
  public String words(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The address of this list with one parameter set anew; paging begins again unless it is that.
   */
  public String with(String name, String value) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String filter : FILTERS) {
      String present = parameter(filter);
      if (present != null) {
        parameters.put(filter, present);
      }
    }
    parameters.put(name, value);
    return route.address()
        + parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** What {@code aria-sort} says of a column. */
  public String sorted(String column) {
    String sort = parameter("sort");
    String present = sort == null ? "-started_at" : sort;
    if (present.equals(column)) {
      return "ascending";
    }
    return present.equals("-" + column) ? "descending" : "none";
  }

  /** The address that sorts by a column, or turns its order round. */
  public String sortBy(String column) {
    boolean turn = sorted(column).equals("ascending");
    return with("sort", turn ? "-" + column : column);
  }

  private RunFilter filter() {
    String project = route.name("project");
    Long projectId =
        project.isEmpty()
            ? null
            : Long.valueOf(projects.get(caller.get(), project, Right.READ).id());
    return new RunFilter(
        projectId,
        status(),
        parameter("tag"),
        parameter("q"),
        null,
        null,
        RunOrder.of(parameter("sort")));
  }

  private @Nullable RunStatus status() {
    String status = parameter("status");
    if (status == null) {
      return null;
    }
    try {
      return RunStatus.valueOf(status.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("status", "There is no such status.");
    }
  }

  private static RunFilter of(ProjectSummary project, @Nullable RunStatus status) {
    return new RunFilter(
        Long.valueOf(project.id()), status, null, null, null, null, RunOrder.NEWEST);
  }

  private @Nullable String parameter(String name) {
    String value = request.getParameter(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
