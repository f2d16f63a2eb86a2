package io.binnacle.security.control;

import io.binnacle.security.entity.AuditSubject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes passwords that were refused into the audit trail: of each user, and of all unknown names
 * together, at most one entry of a kind in a minute and on a server. Otherwise whoever guesses
 * could fill the table. The name that was typed is not written: people type passwords into its
 * field.
 */
@ApplicationScoped
public class LoginTrail {
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final String UNKNOWN = "unknown";

  private final Map<String, Long> minutes = new ConcurrentHashMap<>();

  @Inject Audit audit;
  @Inject Clock clock;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public LoginTrail() {}

  LoginTrail(Audit audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** A wrong password, an unknown name or a disabled user. */
  @Transactional
  void failed(Optional<PasswordOwner> user) {
    record("login.fail", user);
  }

  /** A login that was refused unread because of those before. */
  @Transactional
  void heldOff(Optional<PasswordOwner> user) {
    record("login.throttle", user);
  }

  /** A wrong present password of whoever wants to change it. */
  @Transactional
  void failedToChange(PasswordOwner user) {
    record("password.fail", Optional.of(user));
  }

  private void record(String action, Optional<PasswordOwner> user) {
    String id = user.map(known -> Long.toString(known.id())).orElse(UNKNOWN);
    long minute = clock.millis() / MINUTE_MILLIS;
    Long last = minutes.put(action + id, minute);
    if (last == null || last != minute) {
      audit.record(null, action, new AuditSubject("user", id, 0), null, null);
    }
  }
}
