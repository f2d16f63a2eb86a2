package io.binnacle.security.entity;

import io.binnacle.platform.entity.InstantNanos;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** The failed logins of one user name or one address, and until when no more are taken. */
@Entity
@Table(name = "login_throttle")
public class LoginThrottle {
  private static final int MAX_DOUBLINGS = 30;

  @Id private String subject;
  private long failures;

  @Convert(converter = InstantNanos.class)
  @Column(name = "last_at")
  private Instant lastAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "blocked_until")
  private Instant blockedUntil;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected LoginThrottle() {}

  /** A subject without failures. */
  public LoginThrottle(String subject, Instant now) {
    this.subject = subject;
    this.lastAt = now;
    this.blockedUntil = now;
  }

  /** Until when the next attempt is refused. */
  public Instant blockedUntil() {
    return blockedUntil;
  }

  /**
   * Counts an attempt as failed before its outcome is known, so that attempts at the same time
   * can't all slip through.
   *
   * @param free how many failures cost no delay
   * @param longest the longest delay; it doubles from one second up to this
   */
  public void fail(Instant now, int free, Duration longest) {
    failures++;
    lastAt = now;
    if (failures >= free) {
      long seconds = 1L << Math.min(MAX_DOUBLINGS, failures - free);
      blockedUntil = now.plusSeconds(Math.min(seconds, longest.toSeconds()));
    }
  }

  /** Takes one counted failure back: the attempt succeeded. */
  public void succeed(Instant now) {
    failures = Math.max(0, failures - 1);
    blockedUntil = now;
  }

  /** Forgets all failures: the rightful user is in. */
  public void clear(Instant now) {
    failures = 0;
    blockedUntil = now;
  }

  /** Forgets failures that lie so far back that they say nothing about now. */
  public void forgetBefore(Instant time) {
    if (lastAt.isBefore(time)) {
      failures = 0;
    }
  }
}
