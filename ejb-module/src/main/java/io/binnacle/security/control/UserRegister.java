package io.binnacle.security.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.platform.entity.Texts;
import io.binnacle.platform.store.Ids;
import io.binnacle.security.control.UserAdministration.NewUser;
import io.binnacle.security.control.UserAdministration.UserChange;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.User;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.store.ApiKeys;
import io.binnacle.security.store.ConsoleSessions;
import io.binnacle.security.store.ProjectMembers;
import io.binnacle.security.store.UserAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what {@link UserAdministration} decides, each in one short transaction: passwords come as
 * hashes. There is always one left who can administer.
 */
@ApplicationScoped
public class UserRegister {
  private static final int MAX_DISPLAY_NAME_CHARS = 200;

  @Inject UserAccounts users;
  @Inject Passwords passwords;
  @Inject ApiKeys keys;
  @Inject ConsoleSessions sessions;
  @Inject ProjectMembers members;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;
  @Inject Ids ids;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public UserRegister() {}

  @RetryConflicts
  @Transactional
  User add(Caller by, String login, NewUser wanted, String passwordHash) {
    if (users.named(login).isPresent()) {
      throw ProblemException.of(ProblemType.CONFLICT, "The login " + login + " is in use.");
    }
    String displayName = wanted.displayName() == null ? login : wanted.displayName();
    UserAccount user =
        new UserAccount(
            ids.next(),
            login,
            checkDisplayName(displayName),
            passwordHash,
            wanted.role() == null ? Role.MEMBER : wanted.role(),
            clock.instant());
    if (Boolean.TRUE.equals(wanted.disabled())) {
      user.disable();
    }
    users.add(user);
    audit.record(by, "user.create", subject(user), null, state(user));
    return user.asUser();
  }

  @RetryConflicts
  @Transactional
  User change(
      Caller by, long id, SeenVersions seen, UserChange wanted, @Nullable String passwordHash) {
    List<UserAccount> admins = users.lockActiveAdmins();
    UserAccount user = locked(id);
    user.mustBeAt(seen);
    Map<String, Object> before = state(user);
    apply(user, wanted);
    if (user.role() != Role.ADMIN || user.disabled()) {
      requireAnother(admins, user);
    }
    if (passwordHash != null) {
      passwords.replace(by, user, passwordHash);
    }
    Map<String, Object> after = state(user);
    if (!after.equals(before)) {
      audit.record(by, "user.update", subject(user), before, after);
    }
    changes.fire(new SecurityChanged());
    users.flush();
    return user.asUser();
  }

  @RetryConflicts
  @Transactional
  void remove(Caller by, long id) {
    List<UserAccount> admins = users.lockActiveAdmins();
    UserAccount user = locked(id);
    requireAnother(admins, user);
    keys.removeAllOf(id);
    sessions.removeAllOf(id);
    members.removeAllOf(id);
    users.remove(user);
    audit.record(by, "user.delete", subject(user), state(user), null);
    changes.fire(new SecurityChanged());
  }

  private static void apply(UserAccount user, UserChange wanted) {
    if (wanted.displayName() != null) {
      user.showAs(checkDisplayName(wanted.displayName()));
    }
    if (wanted.role() != null) {
      user.assign(wanted.role());
    }
    if (Boolean.TRUE.equals(wanted.disabled())) {
      user.disable();
    } else if (Boolean.FALSE.equals(wanted.disabled())) {
      user.enable();
    }
  }

  /** Refuses to lose a user who alone can administer; whoever could not is no loss. */
  private static void requireAnother(List<UserAccount> admins, UserAccount user) {
    if (admins.size() == 1 && admins.get(0).id() == user.id()) {
      throw ProblemException.of(
          ProblemType.CONFLICT, "This is the last administrator who can log in.");
    }
  }

  private UserAccount locked(long id) {
    return users.lock(id).orElseThrow(() -> ProblemException.notFound("user"));
  }

  private static AuditSubject subject(UserAccount user) {
    return AuditSubject.of("user", user.id());
  }

  private static Map<String, Object> state(UserAccount user) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("name", user.name());
    state.put("display_name", user.displayName());
    state.put("role", user.role());
    state.put("disabled", user.disabled());
    return state;
  }

  private static String checkDisplayName(String name) {
    return Texts.name("display_name", name, MAX_DISPLAY_NAME_CHARS);
  }
}
