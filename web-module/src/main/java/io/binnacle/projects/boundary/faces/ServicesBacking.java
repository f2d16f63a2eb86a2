package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.ListAddress;
import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.SmallList;
import io.binnacle.projects.control.ServiceDirectory;
import io.binnacle.projects.entity.ServiceSummary;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services of the project that the address names. */
@Named("services")
@RequestScoped
public class ServicesBacking {
  private final SmallList<ServiceSummary> table =
      new SmallList<>("name", ServiceSummary::name)
          .by("name", ServiceSummary::name)
          .by("created_at", ServiceSummary::createdAt);

  @Inject ProjectBacking project;
  @Inject ServiceDirectory services;
  @Inject ProjectAccess access;
  @Inject CurrentCaller caller;
  @Inject ListAddress list;

  private @Nullable List<ServiceSummary> all;

  /** Answers with an error page when there is no such project or order. */
  public void load() {
    PageAction.load(this::getShown);
  }

  /** All of them. */
  public List<ServiceSummary> getAll() {
    if (all == null) {
      long id = Long.parseLong(project.getSummary().id());
      all = services.list(access.scope(caller.get(), id, Right.READ));
    }
    return all;
  }

  /** Those that the address wants, in its order. */
  public List<ServiceSummary> getShown() {
    return table.of(getAll(), list);
  }
}
