package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.entity.Page;
import io.binnacle.projects.control.ServiceDirectory;
import io.binnacle.projects.entity.ServiceOrder;
import io.binnacle.projects.entity.ServiceSummary;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The services of the project that the address names. */
@Named("services")
@RequestScoped
public class ServicesBacking {
  private static final int PAGE = 50;

  @Inject ProjectBacking project;
  @Inject ServiceDirectory services;
  @Inject ProjectAccess access;
  @Inject CurrentCaller caller;
  @Inject ListAddress list;

  private @Nullable Page<ServiceSummary> page;

  /** Answers with an error page when there is no such project, order or page. */
  public void load() {
    PageAction.load(this::getPage);
  }

  /** The services of this page of the list. */
  public Page<ServiceSummary> getPage() {
    if (page == null) {
      long id = Long.parseLong(project.getSummary().id());
      page =
          services.list(
              access.scope(caller.get(), id, Right.READ),
              list.shows(ServiceOrder.ALL.usual(), "q").request(PAGE));
    }
    return page;
  }

  /** Whether there is nothing to list at all, so that the page says how to begin. */
  public boolean isWithout() {
    return getPage().items().isEmpty() && !list.isFiltered() && !list.isContinued();
  }
}
