package io.binnacle.runs.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.store.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Runs that fall silent, and runs that speak again. Silence counts only while this server listens:
 * after a start, and after a time without a round (no database, no disk, a machine that slept, a
 * clock that stepped) every run gets its full time again. Whoever was silent only because nobody
 * listened is not taken for dead.
 */
@ApplicationScoped
public class RunSilence {
  /** Few: a run may have a large config, and those of a page are held together. */
  private static final int PAGE = 20;

  /** Rounds come every five seconds; two may be late. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  @Inject Runs runs;
  @Inject Event<RunStatusChanged> statusChanges;
  @Inject Clock clock;

  @Inject
  @ConfigProperty(name = "binnacle.run.crash-after.seconds", defaultValue = "300")
  long crashAfterSeconds;

  private volatile @Nullable Listening listening;

  /** Since when this server listens without a pause, and when it did last. */
  private record Listening(Instant since, Instant last) {
    boolean goesOnAt(Instant now) {
      return !now.isBefore(last) && !now.isAfter(last.plus(PAUSE));
    }
  }

  /** Notes what a run sent. */
  @RetryConflicts
  @Transactional
  void broken(long runKey, Heartbeats.Sign sign) {
    runs.find(runKey)
        .filter(run -> !run.isDeleted())
        .ifPresent(
            run -> {
              RunStatus before = run.status();
              run.sent(sign.newest(), sign.arrived(), silence());
              tell(run, before);
            });
  }

  /**
   * Marks runs as crashed that were silent for too long.
   *
   * @return whether there may be more
   */
  @RetryConflicts
  @Transactional
  public boolean markCrashed() {
    Instant now = clock.instant();
    Instant cutoff = now.minus(silence());
    List<Long> silent = runs.silentSince(cutoff, PAGE);
    // Only now: a round without the database was none.
    Listening current = listeningAt(now);
    listening = current;
    if (!current.since().isBefore(cutoff)) {
      return false;
    }
    for (long key : silent) {
      runs.find(key)
          .ifPresent(
              run -> {
                RunStatus before = run.status();
                run.fellSilent();
                tell(run, before);
              });
    }
    return silent.size() == PAGE;
  }

  private Listening listeningAt(Instant now) {
    Listening before = listening;
    return new Listening(before != null && before.goesOnAt(now) ? before.since() : now, now);
  }

  private Duration silence() {
    return Duration.ofSeconds(crashAfterSeconds);
  }

  private void tell(Run run, RunStatus before) {
    if (run.status() != before) {
      statusChanges.fire(new RunStatusChanged(run.id(), run.status()));
    }
  }
}
