package io.binnacle.security.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Member;
import io.binnacle.security.entity.ProjectMember;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.ProjectMembers;
import io.binnacle.security.store.UserAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Who belongs to a project. Users are named by their id or their login. The scope says that the
 * caller may: reading wants {@code READ}, changing wants {@code WRITE} in the project.
 */
@ApplicationScoped
public class Members {
  @Inject ProjectMembers members;
  @Inject UserAccounts users;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Members() {}

  Members(
      ProjectMembers members,
      UserAccounts users,
      Audit audit,
      Event<SecurityChanged> changes,
      Clock clock) {
    this.members = members;
    this.users = users;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  /** The members by name. */
  @Transactional
  public List<Member> list(ProjectScope scope) {
    return members.of(scope);
  }

  /**
   * One member.
   *
   * @throws ProblemException NOT_FOUND when the user is none
   */
  @Transactional
  public Member get(ProjectScope scope, String userIdOrName) {
    UserAccount user = user(userIdOrName);
    return new Member(user.asUser(), membership(scope, user).addedAt());
  }

  /**
   * Makes a user a member; a second time changes nothing.
   *
   * @throws ProblemException NOT_FOUND when there is no such user
   */
  @RetryConflicts
  @Transactional
  public Member put(Caller by, ProjectScope scope, String userIdOrName) {
    UserAccount user = user(userIdOrName);
    if (members.find(scope, user.id()).isEmpty()) {
      members.add(scope, user.id(), clock.instant());
      audit.record(by, "member.add", subject(scope, user), null, Map.of("user", user.name()));
      changes.fire(new SecurityChanged());
    }
    return new Member(user.asUser(), membership(scope, user).addedAt());
  }

  /**
   * Takes a user out of a project.
   *
   * @throws ProblemException NOT_FOUND when the user is no member; CONFLICT when it is the last
   *     one, unless an administrator asks: nobody else would see the project any more
   */
  @RetryConflicts
  @Transactional
  public void remove(Caller by, ProjectScope scope, String userIdOrName) {
    UserAccount user = user(userIdOrName);
    int before = members.lock(scope);
    ProjectMember member = membership(scope, user);
    if (!by.may(Right.ADMIN) && before == 1) {
      throw ProblemException.of(
          ProblemType.CONFLICT,
          "This is the last member. Add another one, delete the project, or ask an administrator.");
    }
    members.remove(member);
    audit.record(by, "member.remove", subject(scope, user), Map.of("user", user.name()), null);
    changes.fire(new SecurityChanged());
  }

  /** Opens a project that the caller makes in this transaction: its maker is its first member. */
  @Transactional(Transactional.TxType.MANDATORY)
  public ProjectScope found(Caller maker, long newProjectId) {
    ProjectScope scope = ProjectScope.granted(newProjectId);
    members.add(scope, maker.userId(), clock.instant());
    changes.fire(new SecurityChanged());
    return scope;
  }

  /** Takes everybody out of a project that is deleted in this transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void disband(ProjectScope scope) {
    members.removeAll(scope);
    changes.fire(new SecurityChanged());
  }

  private ProjectMember membership(ProjectScope scope, UserAccount user) {
    return members.find(scope, user.id()).orElseThrow(() -> ProblemException.notFound("member"));
  }

  private UserAccount user(String idOrName) {
    return users
        .named(UserNames.canonical(idOrName))
        .or(() -> UserNames.id(idOrName).flatMap(users::find))
        .orElseThrow(() -> ProblemException.notFound("user"));
  }

  private static AuditSubject subject(ProjectScope scope, UserAccount user) {
    return AuditSubject.of("member", Long.toString(user.id()), scope);
  }
}
