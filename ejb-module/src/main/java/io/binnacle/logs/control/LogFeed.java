package io.binnacle.logs.control;

import io.binnacle.logs.store.LogCommits;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where commits become known on this server: its own at once, those of other servers when they were
 * polled. Whoever listens must not block.
 */
@ApplicationScoped
public class LogFeed {
  private final List<Consumer<LogCommits.Entry>> listeners = new CopyOnWriteArrayList<>();

  /** Adds a listener. */
  void listen(Consumer<LogCommits.Entry> listener) {
    listeners.add(listener);
  }

  /** Tells of a commit. */
  void committed(LogCommits.Entry entry) {
    listeners.forEach(listener -> listener.accept(entry));
  }
}
