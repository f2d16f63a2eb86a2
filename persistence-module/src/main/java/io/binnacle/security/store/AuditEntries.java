package io.binnacle.security.store;

import io.binnacle.security.entity.AuditEntry;
import io.binnacle.security.entity.AuditQuery;
import io.binnacle.security.entity.UserAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The audit trail: entries are added and read, never changed. */
@ApplicationScoped
public class AuditEntries {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public AuditEntries() {}

  /** For use outside a container. */
  public AuditEntries(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * An entry and the name of who made the change.
   *
   * @param userName null when the user is gone, or the change was the server's
   */
  public record NamedEntry(AuditEntry entry, @Nullable String userName) {}

  /** Adds an entry. */
  public void add(AuditEntry entry) {
    entities.persist(entry);
  }

  /**
   * Entries, newest first.
   *
   * @param before only entries with a smaller id
   */
  public List<NamedEntry> newest(AuditQuery wanted, long before, int limit) {
    Map<String, Object> filters = filters(wanted);
    filters.put("before", before);
    TypedQuery<Object[]> query =
        entities.createQuery(
            "select e, u from AuditEntry e left join UserAccount u on u.id = e.userId"
                + where(filters)
                + " order by e.id desc",
            Object[].class);
    filters.forEach(query::setParameter);
    return query
        .setMaxResults(limit)
        .getResultStream()
        .map(row -> new NamedEntry((AuditEntry) row[0], nameOf((UserAccount) row[1])))
        .toList();
  }

  /** How many entries there are. */
  public long count(AuditQuery wanted) {
    Map<String, Object> filters = filters(wanted);
    TypedQuery<Long> query =
        entities.createQuery("select count(e) from AuditEntry e" + where(filters), Long.class);
    filters.forEach(query::setParameter);
    return query.getSingleResult();
  }

  private static Map<String, Object> filters(AuditQuery wanted) {
    Map<String, Object> filters = new LinkedHashMap<>();
    putIfWanted(filters, "projectId", wanted.projectId());
    putIfWanted(filters, "userId", wanted.userId());
    putIfWanted(filters, "action", wanted.action());
    putIfWanted(filters, "objectType", wanted.objectType());
    putIfWanted(filters, "objectId", wanted.objectId());
    putIfWanted(filters, "userName", wanted.userName());
    putIfWanted(filters, "since", wanted.since());
    putIfWanted(filters, "until", wanted.until());
    return filters;
  }

  private static void putIfWanted(
      Map<String, Object> filters, String name, @Nullable Object wanted) {
    if (wanted != null) {
      filters.put(name, wanted);
    }
  }

  /** Only names from {@link #filters} and "before" come here, never a caller's text. */
  private static String where(Map<String, Object> filters) {
    StringJoiner conditions = new StringJoiner(" and ", " where ", "").setEmptyValue("");
    for (String name : filters.keySet()) {
      conditions.add(
          switch (name) {
            case "before" -> "e.id < :before";
            case "since" -> "e.happenedAt >= :since";
            case "until" -> "e.happenedAt < :until";
            case "userName" ->
                "e.userId = (select named.id from UserAccount named where named.name = :userName)";
            default -> "e." + name + " = :" + name;
          });
    }
    return conditions.toString();
  }

  private static @Nullable String nameOf(@Nullable UserAccount user) {
    return user == null ? null : user.name();
  }
}
