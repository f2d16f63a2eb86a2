package io.binnacle.projects.store;

import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.platform.store.KeysetQuery;
import io.binnacle.projects.entity.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Writes what was changed, so that every project has the version that the next reader sees. */
  public void flush() {
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

  /** A project by its id, deleted or not, as it is now and stays until the transaction ends. */
  public Optional<Project> lock(long id) {
    return Optional.ofNullable(entities.find(Project.class, id, LockModeType.PESSIMISTIC_WRITE));
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

  /**
   * A page of the projects that may be seen.
   *
   * @param text what slug, name or description holds, or null for all
   * @param after where the page before ended, or null for the first
   */
  public Slice<Project> list(
      Optional<Set<Long>> visible,
      @Nullable String text,
      SortOrder order,
      @Nullable List<String> after,
      int limit) {
    return seesNothing(visible)
        ? Slice.nothing()
        : matching(visible, text).list(order, after, limit, row -> (Project) row[0]);
  }

  /** How many of the projects that may be seen hold a text. */
  public long count(Optional<Set<Long>> visible, @Nullable String text) {
    return seesNothing(visible) ? 0 : matching(visible, text).count();
  }

  private static boolean seesNothing(Optional<Set<Long>> visible) {
    return visible.isPresent() && visible.get().isEmpty();
  }

  private KeysetQuery matching(Optional<Set<Long>> visible, @Nullable String text) {
    return new KeysetQuery(entities, "p", "Project p", "p.id")
        .where("p.deletedAt is null")
        .where("p.id in :visible", "visible", visible.orElse(null))
        .containing(text, "p.slug", "p.name", "p.description");
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

  /** Deleted projects that still own something. */
  public List<Project> toPurge() {
    return entities
        .createQuery(
            "select p from Project p where p.deletedAt is not null and p.purgedAt is null",
            Project.class)
        .getResultList();
  }
}
