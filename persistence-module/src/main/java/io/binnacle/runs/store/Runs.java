package io.binnacle.runs.store;

import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.runs.entity.RunStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** The place in a list behind which a page begins. */
  public record Position(Object key, long id) {}

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

  /** Runs that match a filter, among the projects that may be seen. */
  public List<Run> list(
      RunFilter filter, Optional<Set<Long>> visible, @Nullable Position after, int limit) {
    RunOrder order = filter.order();
    Conditions where = conditions(filter, visible);
    if (where.nothing) {
      return List.of();
    }
    String attribute = "r." + order.attribute();
    if (after != null) {
      String beyond = order.isFalling() ? "<" : ">";
      where.add(
          "(" + attribute + beyond + ":key or " + attribute + " = :key and r.id" + beyond + ":id)");
      where.parameters.put("key", after.key());
      where.parameters.put("id", after.id());
    }
    String direction = order.isFalling() ? " desc" : "";
    TypedQuery<Run> query =
        entities.createQuery(
            "select r from Run r where "
                + where.text
                + " order by "
                + attribute
                + direction
                + ", r.id"
                + direction,
            Run.class);
    where.parameters.forEach(query::setParameter);
    return query.setMaxResults(limit).getResultList();
  }

  /** How many runs match a filter. */
  public long count(RunFilter filter, Optional<Set<Long>> visible) {
    Conditions where = conditions(filter, visible);
    if (where.nothing) {
      return 0;
    }
    TypedQuery<Long> query =
        entities.createQuery("select count(r) from Run r where " + where.text, Long.class);
    where.parameters.forEach(query::setParameter);
    return query.getSingleResult();
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
            "select r from Run r where r.deletedAt is not null and r.purgedAt is null", Run.class)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Runs of a project that were not deleted. */
  public List<Run> ofProject(long projectId, int limit) {
    return entities
        .createQuery(
            "select r from Run r where r.projectId = :project and r.deletedAt is null", Run.class)
        .setParameter("project", projectId)
        .setMaxResults(limit)
        .getResultList();
  }

  private static Conditions conditions(RunFilter filter, Optional<Set<Long>> visible) {
    Conditions where = new Conditions();
    where.nothing = visible.isPresent() && visible.get().isEmpty();
    visible.ifPresent(ids -> where.add("r.projectId in :visible", "visible", ids));
    where.addIfGiven("r.projectId = :project", "project", filter.projectId());
    where.addIfGiven("r.status = :status", "status", filter.status());
    where.addIfGiven("r.startedAt >= :from", "from", filter.startedAfter());
    where.addIfGiven("r.startedAt < :to", "to", filter.startedBefore());
    String tag = filter.tag();
    if (tag != null) {
      where.add("r.tags like :tag escape '!'", "tag", "%\n" + escaped(tag) + "\n%");
    }
    String text = filter.text();
    if (text != null) {
      where.add(
          "(lower(r.name) like :text escape '!' or lower(r.notes) like :text escape '!'"
              + " or lower(r.host) like :text escape '!' or lower(r.command) like :text escape '!')",
          "text",
          "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%");
    }
    return where;
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static final class Conditions {
    private final StringBuilder text = new StringBuilder("r.deletedAt is null");
    private final Map<String, Object> parameters = new HashMap<>();
    private boolean nothing;

    void add(String condition) {
      text.append(" and ").append(condition);
    }

    void add(String condition, String parameter, Object value) {
      add(condition);
      parameters.put(parameter, value);
    }

    void addIfGiven(String condition, String parameter, @Nullable Object value) {
      if (value != null) {
        add(condition, parameter, value);
      }
    }
  }
}
