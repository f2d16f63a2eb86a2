package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.projects.control.ServiceDirectory;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The service that the address names. */
@Named("service")
@RequestScoped
public class ServiceBacking {
  @Inject ProjectBacking project;
  @Inject ServiceDirectory services;
  @Inject ProjectAccess access;
  @Inject CurrentCaller caller;
  @Inject Route route;

  /** Answers with an error page when there is no such service for the reader. */
  public void load() {
    PageAction.load(this::find);
  }

  private long find() {
    long id = Long.parseLong(project.getSummary().id());
    return services.idOf(access.scope(caller.get(), id, Right.READ), route.name("service"));
  }
}
