package io.binnacle.runs.control;

import io.binnacle.platform.entity.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which runs sent something. Data that arrives only notes it here; a timer writes it down, so that
 * a batch of lines never waits for the row of its run.
 */
@ApplicationScoped
public class Heartbeats {
  @Inject Clock clock;
  @Inject RunSilence silence;

  private final Map<Long, Sign> heard = new ConcurrentHashMap<>();

  /**
   * What is known of a run since the last time.
   *
   * @param newest when the newest of its data was made
   * @param arrived when the last of it came
   */
  record Sign(Instant newest, Instant arrived) {
    Sign and(Sign later) {
      return new Sign(
          newest.isAfter(later.newest) ? newest : later.newest,
          arrived.isAfter(later.arrived) ? arrived : later.arrived);
    }
  }

  /**
   * Notes that a run sent something.
   *
   * @param newest when the newest of it was made, in nanoseconds since 1970
   */
  public void sent(long runKey, long newest) {
    heard.merge(runKey, new Sign(Times.instant(newest), clock.instant()), Sign::and);
  }

  /** Writes down what was heard since the last time. */
  public void write() {
    heard.forEach(
        (key, sign) -> {
          if (heard.remove(key, sign)) {
            silence.broken(key, sign);
          }
        });
  }
}
