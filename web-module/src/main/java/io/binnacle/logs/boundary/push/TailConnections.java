package io.binnacle.logs.boundary.push;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.security.entity.Caller;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** All open tails: counts them by user, pings them, and frees those that nobody reads. */
@ApplicationScoped
public class TailConnections {
  private static final Logger LOG = System.getLogger(TailConnections.class.getName());
  private static final int LOOKS_A_PING = 15;

  /** Credentials are remembered for five seconds; so long may an ended one keep its tails. */
  private static final int LOOKS_AN_ADMISSION = 4;

  @Inject Clock clock;

  @Inject
  @ConfigProperty(name = "binnacle.tail.connections.per-user", defaultValue = "20")
  int maxPerUser;

  @Inject
  @ConfigProperty(name = "binnacle.tail.silence.seconds", defaultValue = "30")
  long maxSilenceSeconds;

  @Resource ManagedScheduledExecutorService scheduler;

  private final Map<String, Entry> open = new ConcurrentHashMap<>();
  private final Map<Long, AtomicInteger> counts = new ConcurrentHashMap<>();
  private ScheduledFuture<?> watch;
  private int looks;

  private record Entry(
      Session session, Outbox outbox, TailConnection connection, Admission admission) {
    long userId() {
      return admission.who().caller().userId();
    }
  }

  @PostConstruct
  void begin() {
    watch = scheduler.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  @PreDestroy
  void end() {
    watch.cancel(false);
  }

  /** Counts a tail of a user; false when there are too many. */
  boolean admit(Caller caller) {
    AtomicInteger count = counts.computeIfAbsent(caller.userId(), id -> new AtomicInteger());
    if (count.incrementAndGet() > maxPerUser && !caller.unlimitedTails()) {
      count.decrementAndGet();
      return false;
    }
    return true;
  }

  void add(Session session, Outbox outbox, TailConnection connection, Admission admission) {
    open.put(session.getId(), new Entry(session, outbox, connection, admission));
  }

  void remove(Session session) {
    Entry entry = open.remove(session.getId());
    if (entry != null) {
      AtomicInteger count = counts.get(entry.userId());
      if (count != null) {
        count.decrementAndGet();
      }
      entry.connection.end();
    }
  }

  private void look() {
    looks++;
    for (Entry entry : open.values()) {
      try {
        look(entry, System.nanoTime());
      } catch (RuntimeException e) {
        // One broken connection must not keep the others from being looked after.
        LOG.log(Level.WARNING, "A tail can't be looked after and is closed", e);
        close(entry, new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "Broken"));
      }
    }
  }

  private void look(Entry entry, long now) {
    long limit = TimeUnit.SECONDS.toNanos(maxSilenceSeconds);
    if (entry.outbox.stuckFor(now) > limit || entry.connection.silentFor(now) > limit) {
      close(entry, new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "No sign of life"));
      return;
    }
    ProblemException ended = looks % LOOKS_AN_ADMISSION == 0 ? ended(entry.admission) : null;
    if (ended != null) {
      entry.outbox.tell(TailMessages.error(ended));
      close(entry, because(ended));
      return;
    }
    entry.connection.tellMissed();
    if (looks % LOOKS_A_PING == 0) {
      entry.outbox.offer(TailMessages.ping(clock));
    }
  }

  private static @Nullable ProblemException ended(Admission admission) {
    try {
      return admission.ended();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Whether a tail may stay open can't be told now: " + e);
      return null;
    }
  }

  /** What a viewer is told when it may not see a log. */
  static CloseReason because(ProblemException refusal) {
    return new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, refusal.type().code());
  }

  private void close(Entry entry, CloseReason reason) {
    remove(entry.session);
    try {
      entry.session.close(reason);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A dead connection did not close in order", e);
    }
  }
}
