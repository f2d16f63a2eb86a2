package io.binnacle.security.control;

import io.binnacle.platform.entity.Times;
import io.binnacle.security.entity.ApiKey;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ConsoleSession;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.ApiKeys;
import io.binnacle.security.store.ConsoleSessions;
import io.binnacle.security.store.ProjectMembers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the database what a key, a session or a user opens: the way behind the caches. */
@ApplicationScoped
public class CredentialLookup {
  @Inject ApiKeys keys;
  @Inject ConsoleSessions sessions;
  @Inject ProjectMembers members;
  @Inject SessionPolicy policy;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public CredentialLookup() {}

  CredentialLookup(
      ApiKeys keys,
      ConsoleSessions sessions,
      ProjectMembers members,
      SessionPolicy policy,
      Clock clock) {
    this.keys = keys;
    this.sessions = sessions;
    this.members = members;
    this.policy = policy;
    this.clock = clock;
  }

  /** The valid key with a hash whose owner may log in, or null. */
  @Transactional(TxType.REQUIRES_NEW)
  public @Nullable Credential key(String hash) {
    return keys.withHash(hash)
        .filter(found -> found.key().validAt(clock.instant()) && !found.owner().disabled())
        .map(found -> credential(found.key(), found.owner()))
        .orElse(null);
  }

  /** The living session with a hash whose user may log in, or null. */
  @Transactional(TxType.REQUIRES_NEW)
  public @Nullable Credential session(String hash) {
    return sessions
        .withHash(hash)
        .filter(found -> !found.owner().disabled())
        .map(found -> credential(found.session(), found.owner()))
        .orElse(null);
  }

  /** The projects of which a user is a member. */
  @Transactional(TxType.REQUIRES_NEW)
  public Set<Long> projectsOf(long userId) {
    return members.projectsOf(userId);
  }

  private static Credential credential(ApiKey key, UserAccount owner) {
    Set<Right> rights = EnumSet.copyOf(owner.role().rights());
    rights.retainAll(key.scopes());
    Caller caller =
        new Caller(
            owner.id(),
            owner.name(),
            owner.displayName(),
            owner.role(),
            Set.copyOf(rights),
            key.id(),
            key.projectId(),
            null,
            key.unlimitedTails());
    return new Credential(
        caller, key.id(), nanosOr(key.expiresAt(), Long.MAX_VALUE), nanosOr(key.lastUsedAt(), 0));
  }

  private Credential credential(ConsoleSession session, UserAccount user) {
    Caller caller = Caller.bySession(user, session.id());
    Instant end = policy.end(session.seenAt(), session.expiresAt());
    return new Credential(caller, session.id(), Times.nanos(end), Times.nanos(session.seenAt()));
  }

  private static long nanosOr(@Nullable Instant instant, long otherwise) {
    return instant == null ? otherwise : Times.nanos(instant);
  }
}
