package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;

/** Logs a user in to the console by name and password. */
@ApplicationScoped
public class Login {
  @Inject LoginBrake brake;
  @Inject LoginTrail trail;
  @Inject Passwords passwords;
  @Inject Sessions sessions;
  @Inject PasswordHash hashes;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Login() {}

  Login(
      LoginBrake brake,
      LoginTrail trail,
      Passwords passwords,
      Sessions sessions,
      PasswordHash hashes) {
    this.brake = brake;
    this.trail = trail;
    this.passwords = passwords;
    this.sessions = sessions;
    this.hashes = hashes;
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
    Optional<PasswordOwner> user = passwords.ofLogin(login);
    begin(login, address, user);
    Optional<String> token =
        verify(password, user).flatMap(verified -> sessions.begin(verified, address, userAgent));
    if (token.isEmpty()) {
      trail.failed(user);
      throw ProblemException.of(
          ProblemType.UNAUTHENTICATED, "The name or the password is not right.");
    }
    brake.succeed(login, address);
    return token.get();
  }

  private void begin(String login, String address, Optional<PasswordOwner> user) {
    try {
      brake.begin(login, address);
    } catch (ProblemException heldOff) {
      trail.heldOff(user);
      throw heldOff;
    }
  }

  private Optional<PasswordOwner> verify(String password, Optional<PasswordOwner> user) {
    if (password.length() > PasswordRule.MAX_CHARS) {
      return Optional.empty();
    }
    String hash = user.map(PasswordOwner::hash).orElse(hashes.ofNobody());
    return hashes.matches(password, hash) ? user : Optional.empty();
  }
}
