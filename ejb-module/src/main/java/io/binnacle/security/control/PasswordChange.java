package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/**
 * Changes one's own password. The present one is asked for and can be guessed here, too: by whoever
 * finds a console open. So it is held off like a login, together with it.
 */
@ApplicationScoped
public class PasswordChange {
  @Inject LoginBrake brake;
  @Inject LoginTrail trail;
  @Inject Passwords passwords;
  @Inject PasswordHash hashes;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public PasswordChange() {}

  PasswordChange(LoginBrake brake, LoginTrail trail, Passwords passwords, PasswordHash hashes) {
    this.brake = brake;
    this.trail = trail;
    this.passwords = passwords;
    this.hashes = hashes;
  }

  /**
   * Changes the caller's password and ends all of the user's sessions.
   *
   * @param address the client's address
   * @throws ProblemException INVALID_FIELD when the present password is not right or the new one is
   *     too short; TOO_MANY_REQUESTS, with the seconds to wait, after too many failures
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public void change(Caller caller, String present, String wanted, String address) {
    PasswordRule.check("password", wanted);
    brake.begin(caller.userName(), address);
    PasswordOwner owner = passwords.of(caller);
    if (!hashes.matches(present, owner.hash())
        || !passwords.replace(caller, owner, hashes.of(wanted))) {
      trail.failedToChange(owner);
      throw ProblemException.field("current", "That is not the present password.");
    }
    brake.succeed(caller.userName(), address);
  }
}
