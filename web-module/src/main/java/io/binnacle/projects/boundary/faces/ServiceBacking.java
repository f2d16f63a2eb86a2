package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.entity.ServiceSummary;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The service that the address names. */
@Named("service")
@RequestScoped
public class ServiceBacking {
  @Inject ServicesBacking services;
  @Inject Route route;

  /** Answers with an error page when there is no such service for the reader. */
  public void load() {
    PageAction.load(this::find);
  }

  private ServiceSummary find() {
    return services.getAll().stream()
        .filter(service -> service.name().equals(route.name("service")))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("service"));
  }
}
