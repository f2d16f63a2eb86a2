package io.binnacle.security.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.LoginThrottle;
import io.binnacle.security.store.LoginThrottles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Slows the guessing of passwords down, by user name and by address, in the database so that it
 * holds over all nodes. An attempt counts as failed from its beginning.
 */
@ApplicationScoped
public class LoginBrake {
  private static final int FREE_FAILURES_OF_USER = 5;

  /** Higher: a team may share one address. */
  private static final int FREE_FAILURES_OF_ADDRESS = 20;

  private static final Duration MEMORY = Duration.ofHours(24);
  private static final Pattern ZONE = Pattern.compile("%.*");
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final int IPV4_BYTES = 4;

  private LoginThrottles throttles;
  private Clock clock;
  private Duration longest;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public LoginBrake() {}

  /**
   * @param maxDelaySeconds the longest delay after a failure
   */
  @Inject
  public LoginBrake(
      LoginThrottles throttles,
      Clock clock,
      @ConfigProperty(name = "binnacle.login.max.delay.seconds", defaultValue = "300")
          long maxDelaySeconds) {
    this.throttles = throttles;
    this.clock = clock;
    this.longest = Duration.ofSeconds(maxDelaySeconds);
  }

  /**
   * Begins an attempt.
   *
   * @throws ProblemException TOO_MANY_REQUESTS while the name or the address is held off
   */
  @RetryConflicts
  @Transactional
  public void begin(String name, String address) {
    Instant now = clock.instant();
    begin(userSubject(name), FREE_FAILURES_OF_USER, now);
    begin(addressSubject(address), FREE_FAILURES_OF_ADDRESS, now);
  }

  /** Ends an attempt that succeeded. */
  @RetryConflicts
  @Transactional
  public void succeed(String name, String address) {
    Instant now = clock.instant();
    throttles.lock(userSubject(name), now).clear(now);
    throttles.lock(addressSubject(address), now).succeed(now);
  }

  /** Forgets what lies more than a day back. */
  @Transactional
  public void purge() {
    throttles.removeBefore(clock.instant().minus(MEMORY));
  }

  private void begin(String subject, int free, Instant now) {
    LoginThrottle throttle = throttles.lock(subject, now);
    throttle.forgetBefore(now.minus(MEMORY));
    if (now.isBefore(throttle.blockedUntil())) {
      long seconds = Duration.between(now, throttle.blockedUntil()).toSeconds() + 1;
      throw ProblemException.retryLater(
          ProblemType.TOO_MANY_REQUESTS,
          (int) seconds,
          "Too many failed logins. Try again in " + seconds + " seconds.");
    }
    throttle.fail(now, free, longest);
  }

  /** Hashed: people type passwords into the field of the name. */
  private static String userSubject(String name) {
    return "user:" + Secret.hash(name);
  }

  /** One home has a whole /64 of IPv6 addresses, each of which is written in many ways. */
  private static String addressSubject(String address) {
    return "address:" + network(address);
  }

  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      // With a colon it can't be a name: nothing is looked up.
      byte[] bytes = InetAddress.getByName(ZONE.matcher(address).replaceFirst("")).getAddress();
      return bytes.length == IPV4_BYTES
          ? InetAddress.getByAddress(bytes).getHostAddress()
          : HexFormat.ofDelimiter(":").formatHex(bytes, 0, IPV6_NETWORK_BYTES);
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
