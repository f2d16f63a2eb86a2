package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.entity.ProjectOrder;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.security.control.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The projects that the reader sees: the first page, and the switcher on every page. */
@Named("projects")
@RequestScoped
public class ProjectsBacking {
  private static final int PAGE = 50;
  private static final int IN_SWITCHER = 12;
  private static final int PROPOSED = 200;

  @Inject ProjectCatalog projects;
  @Inject CurrentCaller caller;
  @Inject ListAddress list;

  private String slug = "";
  private String name = "";
  private String description = "";
  private @Nullable Page<ProjectSummary> page;
  private @Nullable Page<ProjectSummary> switcher;

  /** Makes the project of the dialog. */
  public void create() {
    PageAction.attempt(
        () -> {
          String shown = name.isBlank() ? null : name;
          projects.create(caller.get(), slug.strip(), shown, description);
          PageAction.goTo("/projects/" + slug.strip());
        });
  }

  /** The projects of this page of the list. */
  public Page<ProjectSummary> getPage() {
    if (page == null) {
      page = projects.list(caller.get(), list.shows(ProjectOrder.ALL.usual(), "q").request(PAGE));
    }
    return page;
  }

  /** Refuses a cursor that is not valid. */
  public void load() {
    PageAction.load(this::getPage);
  }

  /** Whether there is nothing to list at all, so that the page says how to begin. */
  public boolean isWithout() {
    return getPage().items().isEmpty() && !list.isFiltered() && !list.isContinued();
  }

  /** The first projects, for the switcher; the list has them all. */
  public Page<ProjectSummary> getSwitcher() {
    if (switcher == null) {
      switcher = projects.list(caller.get(), ListRequest.page(null, IN_SWITCHER));
    }
    return switcher;
  }

  /** The projects that a field for one proposes. */
  public List<ProjectSummary> getKnown() {
    return projects.list(caller.get(), ListRequest.page(null, PROPOSED)).items();
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }
}
