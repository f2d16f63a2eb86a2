package io.binnacle.security.store;

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

  /** The user of a login in lower case. */
  public Optional<UserAccount> named(String name) {
    return entities
        .createQuery("select u from UserAccount u where u.name = :name", UserAccount.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  /** Users in the order of their names, from behind a name. */
  public List<UserAccount> after(@Nullable String name, int limit) {
    return entities
        .createQuery(
            "select u from UserAccount u where u.name > :name order by u.name", UserAccount.class)
        .setParameter("name", name == null ? "" : name)
        .setMaxResults(limit)
        .getResultList();
  }

  /** How many users there are. */
  public long count() {
    return entities.createQuery("select count(u) from UserAccount u", Long.class).getSingleResult();
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
