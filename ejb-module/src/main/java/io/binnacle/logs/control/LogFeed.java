package io.binnacle.logs.control;

import io.binnacle.logs.store.LogCommits;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where commits become known on this server: its own at once, those of other servers when they were
 * polled. Whoever listens must not block.
 */
@ApplicationScoped
public class LogFeed {
  private static final Logger LOG = System.getLogger(LogFeed.class.getName());

  private final List<Consumer<LogCommits.Entry>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Adds a listener, for as long as the server runs; what it throws is logged and goes no further.
   */
  public void listen(Consumer<LogCommits.Entry> listener) {
    listeners.add(listener);
  }

  /** Tells of a commit; what a listener makes of it changes nothing for the committer. */
  public void committed(LogCommits.Entry entry) {
    listeners.forEach(listener -> tell(listener, entry));
  }

  private static void tell(Consumer<LogCommits.Entry> listener, LogCommits.Entry entry) {
    try {
      listener.accept(entry);
    } catch (RuntimeException e) {
      // The lines are on disk; thrown on, this would look like a commit that failed.
      LOG.log(Level.WARNING, "A listener of the feed failed", e);
    }
  }
}
