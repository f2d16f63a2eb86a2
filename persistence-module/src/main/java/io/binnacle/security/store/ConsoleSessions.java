package io.binnacle.security.store;

import io.binnacle.security.entity.ConsoleSession;
import io.binnacle.security.entity.UserAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logins to the console. */
@ApplicationScoped
public class ConsoleSessions {
  @PersistenceContext(unitName = "binnacle")
  EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public ConsoleSessions() {}

  /** For use outside a container. */
  public ConsoleSessions(EntityManager entities) {
    this.entities = entities;
  }

  /** A session and whose it is. */
  public record OwnedSession(ConsoleSession session, UserAccount owner) {}

  /** Adds a session. */
  public void add(ConsoleSession session) {
    entities.persist(session);
  }

  /** The session whose token has a hash, and its owner. */
  public Optional<OwnedSession> withHash(String hash) {
    return entities
        .createQuery(
            "select s, u from ConsoleSession s, UserAccount u"
                + " where s.hash = :hash and u.id = s.userId",
            Object[].class)
        .setParameter("hash", hash)
        .getResultStream()
        .map(row -> new OwnedSession((ConsoleSession) row[0], (UserAccount) row[1]))
        .findFirst();
  }

  /** The sessions of a user, newest first. */
  public List<ConsoleSession> of(long userId) {
    return entities
        .createQuery(
            "select s from ConsoleSession s where s.userId = :user order by s.id desc",
            ConsoleSession.class)
        .setParameter("user", userId)
        .getResultList();
  }

  /** Notes when sessions were last used, by id. */
  public void used(Map<Long, Instant> uses) {
    uses.forEach(
        (id, at) ->
            entities
                .createQuery(
                    "update ConsoleSession s set s.seenAt = :at where s.id = :id and s.seenAt < :at")
                .setParameter("at", at)
                .setParameter("id", id)
                .executeUpdate());
  }

  /**
   * Ends one session of a user.
   *
   * @return false when the user has no such session
   */
  public boolean remove(long userId, long sessionId) {
    return entities
            .createQuery("delete from ConsoleSession s where s.id = :id and s.userId = :user")
            .setParameter("id", sessionId)
            .setParameter("user", userId)
            .executeUpdate()
        == 1;
  }

  /** Ends all sessions of a user. */
  public void removeAllOf(long userId) {
    entities
        .createQuery("delete from ConsoleSession s where s.userId = :user")
        .setParameter("user", userId)
        .executeUpdate();
  }

  /** Removes the sessions that ended by themselves. */
  public int removeEnded(Instant now, Instant idleSince) {
    return entities
        .createQuery("delete from ConsoleSession s where s.expiresAt <= :now or s.seenAt <= :idle")
        .setParameter("now", now)
        .setParameter("idle", idleSince)
        .executeUpdate();
  }
}
