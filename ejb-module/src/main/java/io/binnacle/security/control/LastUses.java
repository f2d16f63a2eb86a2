package io.binnacle.security.control;

import io.binnacle.security.store.ApiKeys;
import io.binnacle.security.store.ConsoleSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When keys and sessions were last used: noted by requests, written by a timer in one go. */
@ApplicationScoped
public class LastUses {
  private final Map<Long, Instant> keyUses = new ConcurrentHashMap<>();
  private final Map<Long, Instant> sessionUses = new ConcurrentHashMap<>();

  @Inject ApiKeys keys;
  @Inject ConsoleSessions sessions;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public LastUses() {}

  LastUses(ApiKeys keys, ConsoleSessions sessions) {
    this.keys = keys;
    this.sessions = sessions;
  }

  void noteKey(long keyId, Instant at) {
    keyUses.put(keyId, at);
  }

  void noteSession(long sessionId, Instant at) {
    sessionUses.put(sessionId, at);
  }

  /** Writes what was noted since the last time. */
  @Transactional
  public void write() {
    keys.used(drain(keyUses));
    sessions.used(drain(sessionUses));
  }

  private static Map<Long, Instant> drain(Map<Long, Instant> uses) {
    Map<Long, Instant> drained = new HashMap<>();
    for (Long id : uses.keySet()) {
      Instant at = uses.remove(id);
      if (at != null) {
        drained.put(id, at);
      }
    }
    return drained;
  }
}
