package io.binnacle.runs.store;

import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.store.KeysetQuery;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs. */
@ApplicationScoped
public class Runs {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Runs() {}

  /** For use outside a container. */
  public Runs(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds a run, and tells at once if its id is taken. */
  public void add(Run run) {
    entities.persist(run);
    entities.flush();
  }

  /** A run by its public id, deleted or not: whoever asks checks the project. */
  public Optional<Run> find(UUID runId) {
    return entities
        .createQuery("select r from Run r where r.runId = :runId", Run.class)
        .setParameter("runId", runId.toString())
        .getResultStream()
        .findFirst();
  }

  /** A run by its key, deleted or not. */
  public Optional<Run> find(long id) {
    return Optional.ofNullable(entities.find(Run.class, id));
  }

  /** A run by its key, deleted or not, as it is now and stays until the transaction ends. */
  public Optional<Run> lock(long id) {
    return Optional.ofNullable(entities.find(Run.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * A page of the runs that match a filter, among the projects that may be seen.
   *
   * @param after where the page before ended, or null for the first
   */
  public Slice<Run> list(
      RunFilter filter, Optional<Set<Long>> visible, @Nullable List<String> after, int limit) {
    return seesNothing(visible)
        ? Slice.nothing()
        : matching(filter, visible).list(filter.order(), after, limit, row -> (Run) row[0]);
  }

  /** How many runs match a filter. */
  public long count(RunFilter filter, Optional<Set<Long>> visible) {
    return seesNothing(visible) ? 0 : matching(filter, visible).count();
  }

  /** Runs that say they run and were not heard since a time. */
  public List<Run> silentSince(Instant time, int limit) {
    return entities
        .createQuery(
            "select r from Run r where r.status = :status and r.heartbeatAt < :time"
                + " and r.deletedAt is null",
            Run.class)
        .setParameter("status", RunStatus.RUNNING)
        .setParameter("time", time)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Deleted runs that still own something, also those of deleted projects. */
  public List<Run> toPurge(int limit) {
    return entities
        .createQuery(
            "select r from Run r where r.purgedAt is null and r.deletedAt > :never", Run.class)
        .setParameter("never", Instant.EPOCH)
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * Some runs of a project that were not deleted, as they are now and stay until the transaction
   * ends.
   */
  public List<Run> lockSome(ProjectScope scope, int limit) {
    return living(scope, limit).stream()
        .sorted()
        .flatMap(id -> lock(id).stream())
        .filter(run -> !run.isDeleted())
        .toList();
  }

  /** Whether a project has runs that are not deleted, or still own something. */
  public boolean existUnpurged(ProjectScope scope) {
    // Two questions, each for one place in the index; one with "or" would read all that live.
    return !living(scope, 1).isEmpty() || isPurging(scope);
  }

  private List<Long> living(ProjectScope scope, int limit) {
    return entities
        .createQuery(
            "select r.id from Run r where r.purgedAt is null and r.deletedAt is null"
                + " and r.projectId = :project",
            Long.class)
        .setParameter("project", scope.projectId())
        .setMaxResults(limit)
        .getResultList();
  }

  private boolean isPurging(ProjectScope scope) {
    return !entities
        .createQuery(
            "select r.id from Run r where r.purgedAt is null and r.deletedAt > :never"
                + " and r.projectId = :project",
            Long.class)
        .setParameter("never", Instant.EPOCH)
        .setParameter("project", scope.projectId())
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  private static boolean seesNothing(Optional<Set<Long>> visible) {
    return visible.isPresent() && visible.get().isEmpty();
  }

  private KeysetQuery matching(RunFilter filter, Optional<Set<Long>> visible) {
    String tag = filter.tag();
    String line = tag == null ? null : "%\n" + KeysetQuery.literal(tag) + "\n%";
    return new KeysetQuery(entities, "r", "Run r", "r.id")
        .where("r.deletedAt is null")
        .where("r.projectId in :visible", "visible", visible.orElse(null))
        .where("r.projectId = :project", "project", filter.projectId())
        .where("r.status = :status", "status", filter.status())
        .where("r.startedAt >= :from", "from", filter.startedAfter())
        .where("r.startedAt < :to", "to", filter.startedBefore())
        .where("r.tags like :tag escape '!'", "tag", line)
        .containing(filter.text(), "r.name", "r.notes", "r.host", "r.command");
  }
}
