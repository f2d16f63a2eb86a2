package io.binnacle.security.store;

import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.UserAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API keys. */
@ApplicationScoped
public class ApiKeys {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public ApiKeys() {}

  /** For use outside a container. */
  public ApiKeys(EntityManager entities) {
    this.entities = entities;
  }

  /** A key and whom it acts for. */
  public record OwnedKey(ApiKey key, UserAccount owner) {}

  /** Adds a key. */
  public void add(ApiKey key) {
    entities.persist(key);
  }

  /** The key of an id. */
  public Optional<ApiKey> find(long id) {
    return Optional.ofNullable(entities.find(ApiKey.class, id));
  }

  /** The key with a hash, and its owner. */
  public Optional<OwnedKey> withHash(String hash) {
    return entities
        .createQuery(
            "select k, u from ApiKey k, UserAccount u where k.hash = :hash and u.id = k.userId",
            Object[].class)
        .setParameter("hash", hash)
        .getResultStream()
        .map(row -> new OwnedKey((ApiKey) row[0], (UserAccount) row[1]))
        .findFirst();
  }

  /**
   * Keys with their owners, newest first.
   *
   * @param userId the owner, or null for everybody's
   * @param before only keys with a smaller id
   */
  public List<OwnedKey> newest(@Nullable Long userId, long before, int limit) {
    String owner = userId == null ? "" : " and k.userId = :user";
    TypedQuery<Object[]> query =
        entities.createQuery(
            "select k, u from ApiKey k, UserAccount u where u.id = k.userId and k.id < :before"
                + owner
                + " order by k.id desc",
            Object[].class);
    if (userId != null) {
      query.setParameter("user", userId);
    }
    return query
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultStream()
        .map(row -> new OwnedKey((ApiKey) row[0], (UserAccount) row[1]))
        .toList();
  }

  /** How many keys somebody, or with null everybody, has. */
  public long count(@Nullable Long userId) {
    if (userId == null) {
      return entities.createQuery("select count(k) from ApiKey k", Long.class).getSingleResult();
    }
    return entities
        .createQuery("select count(k) from ApiKey k where k.userId = :user", Long.class)
        .setParameter("user", userId)
        .getSingleResult();
  }

  /** Notes when keys were last used, by id; a time before the one known is ignored. */
  public void used(Map<Long, Instant> uses) {
    uses.forEach(
        (id, at) ->
            entities
                .createQuery(
                    "update ApiKey k set k.lastUsedAt = :at"
                        + " where k.id = :id and (k.lastUsedAt is null or k.lastUsedAt < :at)")
                .setParameter("at", at)
                .setParameter("id", id)
                .executeUpdate());
  }

  /** Removes all keys of a user who leaves. */
  public void removeAllOf(long userId) {
    entities
        .createQuery("delete from ApiKey k where k.userId = :user")
        .setParameter("user", userId)
        .executeUpdate();
  }
}
