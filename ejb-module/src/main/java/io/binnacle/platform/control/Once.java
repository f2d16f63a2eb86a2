package io.binnacle.platform.control;

import io.binnacle.platform.entity.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** The work of timers: a failure ends one round of it and no more; without room it waits. */
@ApplicationScoped
public class Once {
  private static final Logger LOG = System.getLogger(Once.class.getName());
  private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * For so long a lease is not asked for again: an idle server would write it every second. The
   * other half is for the step that begins last.
   */
  private static final long TRUST_NANOS = LEASE_NANOS / 2;

  @Inject LeaseTaking leases;
  @Inject Clock clock;
  @Inject DiskReserve disk;

  private final Map<String, AtomicBoolean> running = new ConcurrentHashMap<>();
  private final Map<String, Long> taken = new ConcurrentHashMap<>();

  /**
   * Does steps as long as there are any and the lease is ours. A failure ends the round; the timer
   * begins the next one.
   *
   * @param step one short transaction; answers whether there may be more to do
   */
  public void inCluster(String name, BooleanSupplier step) {
    if (disk.isOut()) {
      return;
    }
    AtomicBoolean busy = running.computeIfAbsent(name, unused -> new AtomicBoolean());
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      boolean more = true;
      while (more && holds(name)) {
        more = step.getAsBoolean();
      }
    } catch (RuntimeException e) {
      report(name, e);
    } finally {
      busy.set(false);
    }
  }

  private boolean holds(String name) {
    long asked = System.nanoTime();
    Long before = taken.get(name);
    if (before != null && asked - before < TRUST_NANOS) {
      return true;
    }
    boolean ours = leases.take(name, Times.nanos(clock.instant()), LEASE_NANOS);
    if (ours) {
      taken.put(name, asked);
    }
    return ours;
  }

  /**
   * Does work of this server alone. A timer that threw would be tried again by the container only
   * after minutes, long after the database came back.
   */
  public void onThisServer(String name, Runnable work) {
    if (disk.isOut()) {
      return;
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      report(name, e);
    }
  }

  /** While the database is away every timer fails every few seconds: a line of each is enough. */
  private static void report(String name, RuntimeException failure) {
    String what = "The timer " + name + " failed and will try again";
    if (DatabaseTrouble.isBehind(failure)) {
      LOG.log(Level.WARNING, what + ": " + DatabaseTrouble.reason(failure));
    } else {
      LOG.log(Level.ERROR, what, failure);
    }
  }
}
