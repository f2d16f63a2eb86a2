package io.binnacle.security.store;

import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.platform.store.KeysetQuery;
import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.UserAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
   * A page of keys with their owners.
   *
   * @param userId the owner, or null for everybody's
   * @param text what the key's name or prefix or the owner's login holds, or null for all
   * @param after where the page before ended, or null for the first
   */
  public Slice<OwnedKey> list(
      @Nullable Long userId,
      @Nullable String text,
      SortOrder order,
      @Nullable List<String> after,
      int limit) {
    return matching(userId, text)
        .list(order, after, limit, row -> new OwnedKey((ApiKey) row[0], (UserAccount) row[1]));
  }

  /** How many keys somebody, or with null everybody, has that hold a text. */
  public long count(@Nullable Long userId, @Nullable String text) {
    return matching(userId, text).count();
  }

  private KeysetQuery matching(@Nullable Long userId, @Nullable String text) {
    return new KeysetQuery(entities, "k, u", "ApiKey k, UserAccount u", "k.id")
        .where("u.id = k.userId")
        .where("k.userId = :user", "user", userId)
        .containing(text, "k.name", "k.prefix", "u.name");
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
