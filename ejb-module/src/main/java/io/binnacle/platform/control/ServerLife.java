package io.binnacle.platform.control;

import io.binnacle.platform.entity.Times;
import io.binnacle.platform.store.Ids;
import io.binnacle.platform.store.ServerLives;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

/** This start of this server: its number, and the keys made under it. */
@ApplicationScoped
public class ServerLife {
  @Inject ServerLives lives;
  @Inject Clock clock;

  private long number;
  private Ids ids;

  /** For the container, which calls {@link #begin} next. */
  @SuppressWarnings("NullAway.Init")
  public ServerLife() {}

  @PostConstruct
  void begin() {
    number = lives.begin(host(), Times.nanos(clock.instant()));
    ids = new Ids(number, clock::millis);
  }

  /** The number of this life: unique over all servers and all times. */
  public long number() {
    return number;
  }

  /** Tells the other servers that this one lives. */
  @Transactional
  public void beat() {
    lives.seen(number);
  }

  /** The key maker of this life. */
  @Produces
  @Dependent
  public Ids ids() {
    return ids;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
