package io.binnacle.security.store;

import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.platform.store.KeysetQuery;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.UserAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users. */
@ApplicationScoped
public class UserAccounts {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public UserAccounts() {}

  /** For use outside a container. */
  public UserAccounts(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds a user at once, so that a name taken by another server shows here. */
  public void add(UserAccount user) {
    entities.persist(user);
    entities.flush();
  }

  /** The user of an id. */
  public Optional<UserAccount> find(long id) {
    return Optional.ofNullable(entities.find(UserAccount.class, id));
  }

  /** The user of an id, as it is now, locked until the transaction ends. */
  public Optional<UserAccount> lock(long id) {
    return Optional.ofNullable(
        entities.find(UserAccount.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** Writes what changed, so that versions show what they will be. */
  public void flush() {
    entities.flush();
  }

  /** The user of a login in lower case. */
  public Optional<UserAccount> named(String name) {
    return entities
        .createQuery("select u from UserAccount u where u.name = :name", UserAccount.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  /**
   * A page of the users.
   *
   * @param text what login or name holds, or null for all
   * @param after where the page before ended, or null for the first
   */
  public Slice<UserAccount> list(
      @Nullable String text, SortOrder order, @Nullable List<String> after, int limit) {
    return matching(text).list(order, after, limit, row -> (UserAccount) row[0]);
  }

  /** How many users there are. */
  public long count() {
    return count(null);
  }

  /** How many users' login or name holds a text. */
  public long count(@Nullable String text) {
    return matching(text).count();
  }

  private KeysetQuery matching(@Nullable String text) {
    return new KeysetQuery(entities, "u", "UserAccount u", "u.id")
        .containing(text, "u.name", "u.displayName");
  }

  /** The admins who may log in, locked until the transaction ends. */
  public List<UserAccount> lockActiveAdmins() {
    return entities
        .createQuery(
            "select u from UserAccount u where u.role = :role and u.disabled = false order by u.id",
            UserAccount.class)
        .setParameter("role", Role.ADMIN)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** Removes a user. */
  public void remove(UserAccount user) {
    entities.remove(user);
  }
}
