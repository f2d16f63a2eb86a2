package io.binnacle.security.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Texts;
import io.binnacle.platform.store.Ids;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.User;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.entity.UserOrder;
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

/** What an administrator does with users. There is always one left who can do it. */
@ApplicationScoped
public class UserAdministration {
  private static final int MAX_DISPLAY_NAME_CHARS = 200;

  @Inject UserAccounts users;
  @Inject ApiKeys keys;
  @Inject ConsoleSessions sessions;
  @Inject ProjectMembers members;
  @Inject PasswordHash passwords;
  @Inject Audit audit;
  @Inject Event<SecurityChanged> changes;
  @Inject Ids ids;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public UserAdministration() {}

  /** A new user; null stands for what was left out. */
  public record NewUser(
      @Nullable String name,
      @Nullable String displayName,
      @Nullable String password,
      @Nullable Role role,
      @Nullable Boolean disabled) {}

  /** What is to change of a user; null leaves it as it is. */
  public record UserChange(
      @Nullable String displayName,
      @Nullable String password,
      @Nullable Role role,
      @Nullable Boolean disabled) {}

  /**
   * A page of users.
   *
   * @throws ProblemException {@code invalid_field}, {@code invalid_cursor}
   */
  @Transactional
  public Page<User> list(ListRequest wanted) {
    String text = wanted.text();
    return wanted
        .answer(
            "users",
            UserOrder.ALL,
            (order, after) -> users.list(text, order, after, wanted.limit()),
            users.count(text))
        .map(UserAccount::asUser);
  }

  /**
   * One user.
   *
   * @throws ProblemException NOT_FOUND
   */
  @Transactional
  public User get(long id) {
    return account(id).asUser();
  }

  /**
   * Makes a user.
   *
   * @throws ProblemException INVALID_FIELD, or CONFLICT when the login is in use
   */
  @RetryConflicts
  @Transactional
  public User create(Caller by, NewUser wanted) {
    String name = UserNames.check(required("name", wanted.name()));
    String password = required("password", wanted.password());
    PasswordRule.check("password", password);
    if (users.named(name).isPresent()) {
      throw ProblemException.of(ProblemType.CONFLICT, "The login " + name + " is in use.");
    }
    String displayName = wanted.displayName() == null ? name : wanted.displayName();
    UserAccount user =
        new UserAccount(
            ids.next(),
            name,
            checkDisplayName(displayName),
            passwords.of(password),
            wanted.role() == null ? Role.MEMBER : wanted.role(),
            clock.instant());
    if (Boolean.TRUE.equals(wanted.disabled())) {
      user.disable();
    }
    users.add(user);
    audit.record(by, "user.create", subject(user), null, state(user));
    return user.asUser();
  }

  /**
   * Changes a user. A new password ends the user's sessions.
   *
   * @throws ProblemException NOT_FOUND, INVALID_FIELD, or CONFLICT when no administrator would be
   *     left
   */
  @Transactional
  public User change(Caller by, long id, UserChange wanted) {
    List<UserAccount> admins = users.lockActiveAdmins();
    UserAccount user = account(id);
    Map<String, Object> before = state(user);
    apply(user, wanted);
    if (user.role() != Role.ADMIN || user.disabled()) {
      requireAnother(admins, user);
    }
    if (wanted.password() != null) {
      audit.record(by, "user.password", subject(user), null, null);
    }
    Map<String, Object> after = state(user);
    if (!after.equals(before)) {
      audit.record(by, "user.update", subject(user), before, after);
    }
    changes.fire(new SecurityChanged());
    return user.asUser();
  }

  /**
   * Removes a user with keys, sessions and memberships.
   *
   * @throws ProblemException NOT_FOUND, or CONFLICT when no administrator would be left
   */
  @Transactional
  public void delete(Caller by, long id) {
    List<UserAccount> admins = users.lockActiveAdmins();
    UserAccount user = account(id);
    requireAnother(admins, user);
    keys.removeAllOf(id);
    sessions.removeAllOf(id);
    members.removeAllOf(id);
    users.remove(user);
    audit.record(by, "user.delete", subject(user), state(user), null);
    changes.fire(new SecurityChanged());
  }

  /**
   * Changes the caller's own password and ends all of the user's sessions; called by {@link
   * PasswordChange}, which slows guesses of the present one down.
   *
   * @throws ProblemException INVALID_FIELD when the present password is not right or the new one is
   *     too short
   */
  @Transactional
  public void changeOwnPassword(Caller caller, String present, String wanted) {
    UserAccount user = account(caller.userId());
    if (!passwords.matches(present, user.passwordHash())) {
      throw ProblemException.field("current", "That is not the present password.");
    }
    PasswordRule.check("password", wanted);
    replacePassword(user, wanted);
    audit.record(caller, "user.password", subject(user), null, null);
    changes.fire(new SecurityChanged());
  }

  private void apply(UserAccount user, UserChange wanted) {
    if (wanted.displayName() != null) {
      user.showAs(checkDisplayName(wanted.displayName()));
    }
    if (wanted.password() != null) {
      PasswordRule.check("password", wanted.password());
      replacePassword(user, wanted.password());
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

  private void replacePassword(UserAccount user, String password) {
    user.changePassword(passwords.of(password));
    sessions.removeAllOf(user.id());
  }

  /** Refuses to lose a user who alone can administer; whoever could not is no loss. */
  private static void requireAnother(List<UserAccount> admins, UserAccount user) {
    if (admins.size() == 1 && admins.get(0).id() == user.id()) {
      throw ProblemException.of(
          ProblemType.CONFLICT, "This is the last administrator who can log in.");
    }
  }

  private UserAccount account(long id) {
    return users.find(id).orElseThrow(() -> ProblemException.notFound("user"));
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

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw ProblemException.field(field, "This is needed.");
    }
    return value;
  }

  private static String checkDisplayName(String name) {
    return Texts.name("display_name", name, MAX_DISPLAY_NAME_CHARS);
  }
}
