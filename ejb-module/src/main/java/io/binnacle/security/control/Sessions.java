package io.binnacle.security.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.store.Ids;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ConsoleSession;
import io.binnacle.security.entity.Session;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.ConsoleSessions;
import io.binnacle.security.store.UserAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The console sessions: begun by {@link Login}, seen and ended by their users. */
@ApplicationScoped
public class Sessions {
  private static final int MAX_ADDRESS_CHARS = 64;
  private static final int MAX_AGENT_CHARS = 300;

  @Inject ConsoleSessions sessions;
  @Inject UserAccounts users;
  @Inject SessionPolicy policy;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;
  @Inject Ids ids;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Sessions() {}

  Sessions(
      ConsoleSessions sessions,
      UserAccounts users,
      SessionPolicy policy,
      Audit audit,
      Event<SecurityChanged> changes,
      Ids ids,
      Clock clock) {
    this.sessions = sessions;
    this.users = users;
    this.policy = policy;
    this.audit = audit;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Begins a session for a user whose password was right. A user who is disabled meanwhile, or has
   * another password, gets none: a change of it ends all sessions, also those on their way.
   *
   * @return its token, of which only the hash is kept; empty when there is no session
   */
  @RetryConflicts
  @Transactional
  Optional<String> begin(PasswordOwner verified, String address, String userAgent) {
    return users
        .lock(verified.id())
        .filter(user -> !user.disabled() && verified.stillHasIt(user))
        .map(user -> begin(user, address, userAgent));
  }

  private String begin(UserAccount user, String address, String userAgent) {
    Instant now = clock.instant();
    String token = Secret.newToken();
    long id = ids.next();
    sessions.add(
        new ConsoleSession(
            id,
            user.id(),
            Secret.hash(token),
            now,
            policy.latestEnd(now),
            cut(address, MAX_ADDRESS_CHARS),
            cut(userAgent, MAX_AGENT_CHARS)));
    audit.record(
        Caller.bySession(user, id), "session.begin", AuditSubject.of("session", id), null, null);
    return token;
  }

  /** The living sessions of the caller's user, newest first. */
  @Transactional
  public List<Session> of(Caller caller) {
    Instant now = clock.instant();
    return sessions.of(caller.userId()).stream()
        .filter(session -> now.isBefore(policy.end(session.seenAt(), session.expiresAt())))
        .map(ConsoleSession::asSession)
        .toList();
  }

  /** Logs the caller out: the session of this request ends. A key has none, and nothing happens. */
  @Transactional
  public void end(Caller caller) {
    if (caller.sessionId() != null) {
      sessions.remove(caller.userId(), caller.sessionId());
      AuditSubject subject = AuditSubject.of("session", caller.sessionId());
      audit.record(caller, "session.end", subject, null, null);
      changes.fire(new SecurityChanged());
    }
  }

  /**
   * Ends one of the caller's sessions, perhaps on another computer.
   *
   * @throws ProblemException NOT_FOUND when the caller has no such session
   */
  @Transactional
  public void end(Caller caller, long sessionId) {
    if (!sessions.remove(caller.userId(), sessionId)) {
      throw ProblemException.notFound("session");
    }
    AuditSubject subject = AuditSubject.of("session", sessionId);
    audit.record(caller, "session.end", subject, Map.of("user", caller.userName()), null);
    changes.fire(new SecurityChanged());
  }

  /** Removes the rows of sessions that ended by themselves. */
  @Transactional
  public void purge() {
    Instant now = clock.instant();
    sessions.removeEnded(now, policy.idleSince(now));
  }

  private static String cut(String text, int maxChars) {
    return text.length() <= maxChars ? text : text.substring(0, maxChars);
  }
}
