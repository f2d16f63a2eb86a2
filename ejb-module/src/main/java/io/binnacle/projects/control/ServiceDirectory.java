package io.binnacle.projects.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.store.Ids;
import io.binnacle.projects.entity.Service;
import io.binnacle.projects.entity.ServiceSummary;
import io.binnacle.projects.entity.Slug;
import io.binnacle.projects.store.Services;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** The services of projects; a service is known from its first line. */
@ApplicationScoped
public class ServiceDirectory {
  @Inject Services services;
  @Inject ProjectLock lock;
  @Inject Ids ids;
  @Inject Clock clock;

  /** All services of a project. */
  @Transactional
  public List<ServiceSummary> list(ProjectScope scope) {
    return services.of(scope).stream().map(Service::summary).toList();
  }

  /**
   * The key of a service.
   *
   * @throws ProblemException NOT_FOUND
   */
  @Transactional
  public long idOf(ProjectScope scope, String name) {
    return services
        .find(scope, name)
        .map(Service::id)
        .orElseThrow(() -> ProblemException.notFound("service"));
  }

  /** Finds a service, or makes it. */
  @RetryConflicts
  @Transactional
  public ServiceSummary findOrCreate(ProjectScope scope, String name) {
    return services.find(scope, name).orElseGet(() -> add(scope, Slug.ofService(name))).summary();
  }

  private Service add(ProjectScope scope, Slug name) {
    lock.hold(scope.projectId());
    Service service = new Service(ids.next(), scope.projectId(), name, clock.instant());
    services.add(service);
    return service;
  }
}
