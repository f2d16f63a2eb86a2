package io.binnacle.logs.control;

import io.binnacle.logs.store.LogCommits;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where commits become known on this server: its own at once, those of other servers when they were
 * polled. Whoever listens must not block.
 */
@ApplicationScoped
public class LogFeed {
  private final Set<Long> ownWriters = ConcurrentHashMap.newKeySet();
  private final List<Consumer<LogCommits.Entry>> listeners = new CopyOnWriteArrayList<>();

  /** Tells which writers are this server's, so that they are not polled. */
  void owns(long writer) {
    ownWriters.add(writer);
  }

  /** Whether a writer is of this server. */
  boolean isOwn(long writer) {
    return ownWriters.contains(writer);
  }

  /** Adds a listener. */
  void listen(Consumer<LogCommits.Entry> listener) {
    listeners.add(listener);
  }

  /** Tells of a commit. */
  void committed(LogCommits.Entry entry) {
    listeners.forEach(listener -> listener.accept(entry));
  }
}
