package io.binnacle.projects.store;

import io.binnacle.projects.entity.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The projects. */
@ApplicationScoped
public class Projects {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Projects() {}

  /** For use outside a container. */
  public Projects(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds a project, and tells at once if its slug or number is taken. */
  public void add(Project project) {
    entities.persist(project);
    entities.flush();
  }

  /** A project that was not deleted. */
  public Optional<Project> find(String slug) {
    return entities
        .createQuery(
            "select p from Project p where p.slug = :slug and p.deletedAt is null", Project.class)
        .setParameter("slug", slug)
        .getResultStream()
        .findFirst();
  }

  /** A project by its id, deleted or not. */
  public Optional<Project> find(long id) {
    return Optional.ofNullable(entities.find(Project.class, id));
  }

  /** Whether a slug is in use, also by a project that is being deleted. */
  public boolean isTaken(String slug) {
    return entities
            .createQuery("select count(p) from Project p where p.slug = :slug", Long.class)
            .setParameter("slug", slug)
            .getSingleResult()
        > 0;
  }

  /** A number that no project has. */
  public int nextNumber() {
    Integer highest =
        entities
            .createQuery("select max(p.number) from Project p", Integer.class)
            .getSingleResult();
    return highest == null ? 1 : highest + 1;
  }

  /** Projects by slug. */
  public List<Project> all(Optional<Set<Long>> visible, String afterSlug, int limit) {
    if (visible.isPresent() && visible.get().isEmpty()) {
      return List.of();
    }
    TypedQuery<Project> query =
        entities.createQuery(
            "select p from Project p where p.deletedAt is null and p.slug > :after"
                + (visible.isPresent() ? " and p.id in :visible" : "")
                + " order by p.slug",
            Project.class);
    query.setParameter("after", afterSlug).setMaxResults(limit);
    visible.ifPresent(ids -> query.setParameter("visible", ids));
    return query.getResultList();
  }

  /** How many projects there are. */
  public long count(Optional<Set<Long>> visible) {
    if (visible.isPresent() && visible.get().isEmpty()) {
      return 0;
    }
    TypedQuery<Long> query =
        entities.createQuery(
            "select count(p) from Project p where p.deletedAt is null"
                + (visible.isPresent() ? " and p.id in :visible" : ""),
            Long.class);
    visible.ifPresent(ids -> query.setParameter("visible", ids));
    return query.getSingleResult();
  }

  /** All projects with a rule of retention, for the worker. */
  public List<Project> withRetention() {
    return entities
        .createQuery(
            "select p from Project p where p.deletedAt is null and (p.retentionDays is not null"
                + " or p.retentionBytes is not null or p.streamBytes is not null)",
            Project.class)
        .getResultList();
  }

  /** The ids of deleted projects. */
  public List<Long> deleted() {
    return entities
        .createQuery("select p.id from Project p where p.deletedAt is not null", Long.class)
        .getResultList();
  }
}
