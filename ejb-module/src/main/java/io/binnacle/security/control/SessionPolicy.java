package io.binnacle.security.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long a console session lives. */
@ApplicationScoped
public class SessionPolicy {
  /** Uses are written once a minute: a shorter idle time would end sessions in use. */
  private static final long MIN_IDLE_MINUTES = 5;

  private Duration idle;
  private Duration longest;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public SessionPolicy() {}

  /**
   * @param idleMinutes a session unused for so long ends; at least 5
   * @param maxHours a session ends after so long even if it is used
   */
  @Inject
  public SessionPolicy(
      @ConfigProperty(name = "binnacle.session.idle.minutes", defaultValue = "720")
          long idleMinutes,
      @ConfigProperty(name = "binnacle.session.max.hours", defaultValue = "336") long maxHours) {
    this.idle = Duration.ofMinutes(Math.max(MIN_IDLE_MINUTES, idleMinutes));
    this.longest = Duration.ofHours(maxHours);
  }

  /** When a session that begins now ends even if it is used. */
  public Instant latestEnd(Instant begin) {
    return begin.plus(longest);
  }

  /** When a session ends that was last seen at a time. */
  public Instant end(Instant seenAt, Instant expiresAt) {
    Instant idleEnd = seenAt.plus(idle);
    return idleEnd.isBefore(expiresAt) ? idleEnd : expiresAt;
  }

  /** Sessions not seen since this time have ended. */
  public Instant idleSince(Instant now) {
    return now.minus(idle);
  }

  /** The longest life of the cookie. */
  public Duration longest() {
    return longest;
  }
}
