package io.binnacle.projects.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.store.Ids;
import io.binnacle.projects.entity.Service;
import io.binnacle.projects.entity.ServiceOrder;
import io.binnacle.projects.entity.ServiceSummary;
import io.binnacle.projects.entity.Slug;
import io.binnacle.projects.store.Services;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** The services of projects; a service is known from its first line. */
@ApplicationScoped
public class ServiceDirectory {
  /** Whoever takes a new name for each process, as that of a pod, comes here and not further. */
  static final int MAX_SERVICES = 10_000;

  @Inject Services services;
  @Inject ProjectLock lock;
  @Inject Ids ids;
  @Inject Clock clock;

  /**
   * A page of the services of a project.
   *
   * @throws ProblemException {@code invalid_field}, {@code invalid_cursor}
   */
  @Transactional
  public Page<ServiceSummary> list(ProjectScope scope, ListRequest wanted) {
    String text = wanted.text();
    return wanted
        .answer(
            "services of " + scope.projectId(),
            ServiceOrder.ALL,
            (order, after) -> services.list(scope, text, order, after, wanted.limit()),
            services.count(scope, text))
        .map(Service::summary);
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

  /**
   * Finds a service, or makes it.
   *
   * @throws ProblemException {@code invalid_field} when it can't have this name, or the project has
   *     as many as it may have
   */
  @RetryConflicts
  @Transactional
  public ServiceSummary findOrCreate(ProjectScope scope, String name) {
    return services.find(scope, name).orElseGet(() -> add(scope, Slug.ofService(name))).summary();
  }

  private Service add(ProjectScope scope, Slug name) {
    lock.hold(scope.projectId());
    if (services.count(scope, null) >= MAX_SERVICES) {
      throw ProblemException.limit(
          "service", MAX_SERVICES, "A project has at most " + MAX_SERVICES + " services.");
    }
    Service service = new Service(ids.next(), scope.projectId(), name, clock.instant());
    services.add(service);
    return service;
  }
}
