package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.UserAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Logs a user in to the console by name and password. */
@ApplicationScoped
public class Login {
  /** More hashes at once than this would leave no processor to anybody else. */
  private static final int HASHES_AT_ONCE =
      Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int MAX_WAIT_SECONDS = 5;

  private final Semaphore hashing = new Semaphore(HASHES_AT_ONCE, true);

  @Inject LoginBrake brake;
  @Inject LoginTrail trail;
  @Inject Sessions sessions;
  @Inject PasswordHash passwords;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Login() {}

  Login(LoginBrake brake, LoginTrail trail, Sessions sessions, PasswordHash passwords) {
    this.brake = brake;
    this.trail = trail;
    this.sessions = sessions;
    this.passwords = passwords;
  }

  /**
   * Begins a session. A wrong name, a wrong password and a disabled user get the same answer after
   * the same time.
   *
   * @param address the client's address
   * @param userAgent what the browser calls itself, or an empty text
   * @return the token for the cookie, shown to nobody else
   * @throws ProblemException UNAUTHENTICATED when name and password do not belong together;
   *     TOO_MANY_REQUESTS, with the seconds to wait, after too many failures
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public String login(String name, String password, String address, String userAgent) {
    String login = UserNames.canonical(name);
    Optional<UserAccount> user = sessions.user(login);
    begin(login, address, user);
    boolean matches = verify(password, user);
    if (!matches || user.isEmpty() || user.get().disabled()) {
      trail.failed(user);
      throw ProblemException.of(
          ProblemType.UNAUTHENTICATED, "The name or the password is not right.");
    }
    brake.succeed(login, address);
    return sessions.begin(user.get(), address, userAgent);
  }

  private void begin(String login, String address, Optional<UserAccount> user) {
    try {
      brake.begin(login, address);
    } catch (ProblemException heldOff) {
      trail.heldOff(user);
      throw heldOff;
    }
  }

  private boolean verify(String password, Optional<UserAccount> user) {
    if (password.length() > PasswordRule.MAX_CHARS) {
      return false;
    }
    takeTurn();
    try {
      return passwords.matches(
          password, user.map(UserAccount::passwordHash).orElse(passwords.ofNobody()));
    } finally {
      hashing.release();
    }
  }

  private void takeTurn() {
    try {
      if (hashing.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ProblemException.retryLater(
        ProblemType.TOO_MANY_REQUESTS, MAX_WAIT_SECONDS, "Too many logins at once. Try again.");
  }
}
