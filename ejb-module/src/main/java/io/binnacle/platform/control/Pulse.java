package io.binnacle.platform.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Whether this server can write to its database. A timer tries it every few seconds, so that asking
 * costs nothing and nobody can make the server work by asking.
 */
@ApplicationScoped
public class Pulse {
  private static final Logger LOG = System.getLogger(Pulse.class.getName());

  @Inject ServerLife life;
  @Inject DiskReserve disk;

  private volatile boolean steady = true;

  /** Tells the other servers that this one lives, and notes whether that could be written. */
  public void beat() {
    if (disk.isLow()) {
      note(false, "The disk of the database is full: what senders send is refused");
      return;
    }
    try {
      life.beat();
      note(true, "The database takes writes again");
    } catch (RuntimeException e) {
      note(false, "The database takes no writes: " + DatabaseTrouble.reason(e));
    }
  }

  /** Whether the last try succeeded. */
  public boolean isSteady() {
    return steady;
  }

  private void note(boolean now, String change) {
    if (now != steady) {
      steady = now;
      LOG.log(now ? Level.INFO : Level.ERROR, change);
    }
  }
}
