package io.binnacle.runs.store;

import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.store.KeysetQuery;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunActivity;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunHeading;
import io.binnacle.runs.entity.RunIdentity;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.security.entity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs. */
@ApplicationScoped
public class Runs {
  /** A page of more would take the memory of the server away from all others. */
  static final int MAX_PAGE_CHARS = 4 << 20;

  /** What a run weighs: its texts without bounds of their own, and about what the others take. */
  private static final String CHARS =
      "length(r.config) + length(r.notes) + length(r.tags) + coalesce(length(r.command), 0) + 1000";

  private static final String[] TEXTS = {
    "r.name", "r.notes", "r.host", "r.command", "r.runId", "r.gitCommit", "r.tags"
  };

  private static final String HEADING =
      "r.runId, r.projectId, r.name, r.status, r.tags, r.host, r.release, r.startedAt, r.endedAt";

  private static final String OF_PROJECT = " from Run r left join Project p on p.id = r.projectId";

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

  /** Like {@link #find(UUID)}, without what may be large. */
  public Optional<RunIdentity> identity(UUID runId) {
    return entities
        .createQuery(
            "select r.id, r.projectId, r.deletedAt, p.deletedAt"
                + OF_PROJECT
                + " where r.runId = :runId",
            Object[].class)
        .setParameter("runId", runId.toString())
        .getResultStream()
        .findFirst()
        .map(
            row -> new RunIdentity((Long) row[0], (Long) row[1], row[2] != null || row[3] != null));
  }

  /** The status of a run; empty when it was deleted, or its project was. */
  public Optional<RunStatus> status(ProjectScope scope, long id) {
    return entities
        .createQuery(
            "select r.status"
                + OF_PROJECT
                + " where r.id = :id and r.projectId = :project"
                + " and r.deletedAt is null and p.deletedAt is null",
            RunStatus.class)
        .setParameter("id", id)
        .setParameter("project", scope.projectId())
        .getResultStream()
        .findFirst();
  }

  /** A run by its key, deleted or not. */
  public Optional<Run> find(long id) {
    return Optional.ofNullable(entities.find(Run.class, id));
  }

  /**
   * Holds a run as it is until the transaction ends, and reads nothing of it.
   *
   * @return false when it was deleted, or its project was
   */
  public boolean holdLiving(long id) {
    return !entities
        .createNativeQuery(
            "select id from run where id = ? and deleted_at is null and not exists (select 1"
                + " from project p where p.id = run.project_id and p.deleted_at is not null)"
                + " for update")
        .setParameter(1, id)
        .getResultList()
        .isEmpty();
  }

  /** A run by its key, deleted or not, as it is now and stays until the transaction ends. */
  public Optional<Run> lock(long id) {
    return Optional.ofNullable(entities.find(Run.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * A page of the runs that match a filter, among the projects that may be seen. It ends early when
   * their texts have more than {@value #MAX_PAGE_CHARS} characters together.
   *
   * @param after where the page before ended, or null for the first
   */
  public Slice<Run> list(
      RunFilter filter, Optional<Set<Long>> visible, @Nullable List<String> after, int limit) {
    if (seesNothing(visible)) {
      return Slice.nothing();
    }
    Slice<Long> keys =
        matching("r.id", filter, visible)
            .weighing(CHARS, MAX_PAGE_CHARS)
            .list(filter.order(), after, limit, row -> (Long) row[0]);
    return new Slice<>(inOrder(keys.items()), keys.next());
  }

  /**
   * Like {@link #list}, without what is large, so that no page ends early.
   *
   * @param slugs those of projects by their ids
   */
  public Slice<RunHeading> headings(
      RunFilter filter,
      Optional<Set<Long>> visible,
      @Nullable List<String> after,
      int limit,
      LongFunction<String> slugs) {
    return seesNothing(visible)
        ? Slice.nothing()
        : matching(HEADING, filter, visible)
            .list(filter.order(), after, limit, row -> heading(row, slugs));
  }

  private List<Run> inOrder(List<Long> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    Map<Long, Run> found =
        entities
            .createQuery("select r from Run r where r.id in :keys", Run.class)
            .setParameter("keys", keys)
            .getResultStream()
            .collect(Collectors.toMap(Run::id, Function.identity()));
    return keys.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private static RunHeading heading(Object[] row, LongFunction<String> slugs) {
    return new RunHeading(
        (String) row[0],
        slugs.apply((Long) row[1]),
        (String) row[2],
        (RunStatus) row[3],
        Run.tagList((String) row[4]),
        (String) row[5],
        (String) row[6],
        (Instant) row[7],
        (Instant) row[8]);
  }

  /** How many runs match a filter. */
  public long count(RunFilter filter, Optional<Set<Long>> visible) {
    return seesNothing(visible) ? 0 : matching("r", filter, visible).count();
  }

  /**
   * What goes on in some of the projects that may be seen, in one question.
   *
   * @return by the id of the project, for those that have runs
   */
  public Map<Long, RunActivity> activity(Collection<Long> projects, Optional<Set<Long>> visible) {
    List<Long> wanted =
        projects.stream().filter(id -> visible.isEmpty() || visible.get().contains(id)).toList();
    if (wanted.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery(
            "select r.projectId, count(r.id), sum(case when r.status = :running then 1 else 0 end),"
                + " max(r.startedAt) from Run r"
                + " where r.deletedAt is null and r.projectId in :projects group by r.projectId",
            Object[].class)
        .setParameter("running", RunStatus.RUNNING)
        .setParameter("projects", wanted)
        .getResultStream()
        .collect(Collectors.toMap(row -> (Long) row[0], Runs::activity));
  }

  private static RunActivity activity(Object[] row) {
    return new RunActivity((Long) row[1], ((Number) row[2]).longValue(), (Instant) row[3]);
  }

  /** The keys of runs that say they run and were not heard since a time. */
  public List<Long> silentSince(Instant time, int limit) {
    return entities
        .createQuery(
            "select r.id from Run r where r.status = :status and r.heartbeatAt < :time"
                + " and r.deletedAt is null",
            Long.class)
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

  /**
   * Deleted projects that may have runs yet; there are few, and mostly none. Asked alone: joined,
   * they would lead the database away from the index that has the runs in their order.
   */
  private List<Long> closingProjects() {
    return entities
        .createQuery(
            "select p.id from Project p where p.deletedAt is not null and p.purgedAt is null",
            Long.class)
        .getResultList();
  }

  private static boolean seesNothing(Optional<Set<Long>> visible) {
    return visible.isPresent() && visible.get().isEmpty();
  }

  private KeysetQuery matching(String items, RunFilter filter, Optional<Set<Long>> visible) {
    RunFilter.Origin origin = filter.origin();
    List<Long> closing = closingProjects();
    KeysetQuery query =
        new KeysetQuery(entities, items, "Run r", "r.id")
            .where("r.deletedAt is null")
            .where("r.projectId not in :closing", "closing", closing.isEmpty() ? null : closing)
            .where("r.projectId in :visible", "visible", visible.orElse(null))
            .where("r.projectId = :project", "project", filter.projectId())
            .where(
                "r.status in :statuses",
                "statuses",
                filter.statuses().isEmpty() ? null : filter.statuses())
            .where("r.startedAt >= :from", "from", filter.startedAfter())
            .where("r.startedAt < :to", "to", filter.startedBefore())
            .where("r.host = :host", "host", origin.host())
            .where("r.release = :release", "release", origin.release())
            .where("r.environment = :environment", "environment", origin.environment())
            .where("r.service = :service", "service", origin.service())
            .containing(filter.text(), TEXTS);
    for (int i = 0; i < filter.tags().size(); i++) {
      String line = "%\n" + KeysetQuery.literal(filter.tags().get(i)) + "\n%";
      query.where("r.tags like :tag" + i + " escape '!'", "tag" + i, line);
    }
    return query;
  }
}
