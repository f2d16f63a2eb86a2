package io.binnacle.projects.store;

import io.binnacle.projects.entity.Service;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** The services of projects. */
@ApplicationScoped
public class Services {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Services() {}

  /** For use outside a container. */
  public Services(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds a service, and tells at once if its name is taken. */
  public void add(Service service) {
    entities.persist(service);
    entities.flush();
  }

  /** A service by its name. */
  public Optional<Service> find(ProjectScope scope, String name) {
    return entities
        .createQuery(
            "select s from Service s where s.projectId = :project and s.name = :name",
            Service.class)
        .setParameter("project", scope.projectId())
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  /** Removes all services of a project that is deleted. */
  public void removeAll(ProjectScope scope) {
    entities
        .createQuery("delete from Service s where s.projectId = :project")
        .setParameter("project", scope.projectId())
        .executeUpdate();
  }

  /** All services of a project by name. */
  public List<Service> of(ProjectScope scope) {
    return entities
        .createQuery(
            "select s from Service s where s.projectId = :project order by s.name", Service.class)
        .setParameter("project", scope.projectId())
        .getResultList();
  }
}
