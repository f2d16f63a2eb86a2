package io.binnacle.security.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.ConsoleSessions;
import io.binnacle.security.store.UserAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;

/** The users' passwords, as hashes: read to be verified, and replaced. */
@ApplicationScoped
public class Passwords {
  @Inject UserAccounts users;
  @Inject ConsoleSessions sessions;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Passwords() {}

  Passwords(
      UserAccounts users, ConsoleSessions sessions, Audit audit, Event<SecurityChanged> changes) {
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
    this.changes = changes;
  }

  /** The user of a login. */
  @Transactional
  Optional<PasswordOwner> ofLogin(String login) {
    return users.named(login).map(PasswordOwner::of);
  }

  /**
   * The user that a caller is.
   *
   * @throws ProblemException NOT_FOUND when the user was removed
   */
  @Transactional
  PasswordOwner of(Caller caller) {
    return users
        .find(caller.userId())
        .map(PasswordOwner::of)
        .orElseThrow(() -> ProblemException.notFound("user"));
  }

  /**
   * Replaces the caller's own password and ends all of the user's sessions.
   *
   * @return false when the password is not the verified one any more
   */
  @RetryConflicts
  @Transactional
  boolean replace(Caller caller, PasswordOwner verified, String newHash) {
    Optional<UserAccount> user = users.lock(verified.id()).filter(verified::stillHasIt);
    user.ifPresent(found -> replace(caller, found, newHash));
    return user.isPresent();
  }

  /**
   * Replaces the password of a user who is locked in the caller's transaction, and ends all of the
   * user's sessions: those that begin now wait for the lock, and then find another password.
   */
  @Transactional(TxType.MANDATORY)
  void replace(Caller by, UserAccount lockedUser, String newHash) {
    lockedUser.changePassword(newHash);
    sessions.removeAllOf(lockedUser.id());
    audit.record(by, "user.password", AuditSubject.of("user", lockedUser.id()), null, null);
    changes.fire(new SecurityChanged());
  }
}
