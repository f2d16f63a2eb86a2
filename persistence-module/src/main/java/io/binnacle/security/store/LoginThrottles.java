package io.binnacle.security.store;

import io.binnacle.security.entity.LoginThrottle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;

/** Who failed to log in how often. */
@ApplicationScoped
public class LoginThrottles {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public LoginThrottles() {}

  /** For use outside a container. */
  public LoginThrottles(EntityManager entities) {
    this.entities = entities;
  }

  /** The record of a subject, made if need be, locked until the transaction ends. */
  public LoginThrottle lock(String subject, Instant now) {
    LoginThrottle known =
        entities.find(LoginThrottle.class, subject, LockModeType.PESSIMISTIC_WRITE);
    if (known != null) {
      return known;
    }
    LoginThrottle made = new LoginThrottle(subject, now);
    entities.persist(made);
    // Another server's row for the same subject shows here and not at the commit.
    entities.flush();
    return made;
  }

  /** Removes records without a failure since a time. */
  public int removeBefore(Instant time) {
    return entities
        .createQuery("delete from LoginThrottle t where t.lastAt < :time")
        .setParameter("time", time)
        .executeUpdate();
  }
}
