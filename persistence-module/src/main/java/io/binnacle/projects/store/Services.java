package io.binnacle.projects.store;

import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.platform.store.KeysetQuery;
import io.binnacle.projects.entity.Service;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * A page of the services of a project.
   *
   * @param text what their names hold, or null for all
   * @param after where the page before ended, or null for the first
   */
  public Slice<Service> list(
      ProjectScope scope,
      @Nullable String text,
      SortOrder order,
      @Nullable List<String> after,
      int limit) {
    return matching(scope, text).list(order, after, limit, row -> (Service) row[0]);
  }

  /** How many services of a project hold a text, or how many there are. */
  public long count(ProjectScope scope, @Nullable String text) {
    return matching(scope, text).count();
  }

  private KeysetQuery matching(ProjectScope scope, @Nullable String text) {
    return new KeysetQuery(entities, "s", "Service s", "s.id")
        .where("s.projectId = :project", "project", scope.projectId())
        .containing(text, "s.name");
  }
}
