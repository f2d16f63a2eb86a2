package io.binnacle.security.control;

import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import io.binnacle.security.entity.User;
import io.binnacle.security.entity.UserAccount;
import io.binnacle.security.entity.UserOrder;
import io.binnacle.security.store.UserAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.jspecify.annotations.Nullable;

/** What an administrator, and nobody else, does with users. */
@ApplicationScoped
public class UserAdministration {
  @Inject UserAccounts users;
  @Inject UserRegister register;
  @Inject PasswordHash hashes;
  @Inject ProjectAccess access;

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
   * @throws ProblemException {@code invalid_field}, {@code invalid_cursor}, FORBIDDEN
   */
  @Transactional
  public Page<User> list(Caller caller, ListRequest wanted) {
    access.require(caller, Right.ADMIN);
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
   * @throws ProblemException NOT_FOUND, FORBIDDEN
   */
  @Transactional
  public User get(Caller caller, long id) {
    access.require(caller, Right.ADMIN);
    return users
        .find(id)
        .map(UserAccount::asUser)
        .orElseThrow(() -> ProblemException.notFound("user"));
  }

  /**
   * Makes a user.
   *
   * @throws ProblemException INVALID_FIELD, FORBIDDEN, or CONFLICT when the login is in use
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public User create(Caller by, NewUser wanted) {
    access.require(by, Right.ADMIN);
    String name = UserNames.check(required("name", wanted.name()));
    return register.add(by, name, wanted, hash(required("password", wanted.password())));
  }

  /**
   * Changes a user. A new password ends the user's sessions.
   *
   * @param seen what the caller saw of the user, from {@code If-Match}
   * @throws ProblemException NOT_FOUND, INVALID_FIELD, FORBIDDEN, PRECONDITION_FAILED, or CONFLICT
   *     when no administrator would be left
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public User change(Caller by, long id, SeenVersions seen, UserChange wanted) {
    access.require(by, Right.ADMIN);
    String password = wanted.password();
    return register.change(by, id, seen, wanted, password == null ? null : hash(password));
  }

  /**
   * Removes a user with keys, sessions and memberships.
   *
   * @throws ProblemException NOT_FOUND, FORBIDDEN, or CONFLICT when no administrator would be left
   */
  public void delete(Caller by, long id) {
    access.require(by, Right.ADMIN);
    register.remove(by, id);
  }

  private String hash(String password) {
    PasswordRule.check("password", password);
    return hashes.of(password);
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw ProblemException.field(field, "This is needed.");
    }
    return value;
  }
}
