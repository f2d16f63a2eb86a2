package io.binnacle.runs.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which runs were heard. Data that arrives only notes it here; a timer writes it down, so that a
 * batch of lines never waits for the row of its run.
 */
@ApplicationScoped
public class Heartbeats {
  @Inject Clock clock;
  @Inject RunSilence silence;

  private final Map<Long, Instant> heard = new ConcurrentHashMap<>();

  /** Notes that a run sent something. */
  public void spoke(long runKey) {
    heard.put(runKey, clock.instant());
  }

  /** Writes down what was heard since the last time. */
  public void write() {
    heard.forEach(
        (key, at) -> {
          if (heard.remove(key, at)) {
            silence.broken(key, at);
          }
        });
  }
}
