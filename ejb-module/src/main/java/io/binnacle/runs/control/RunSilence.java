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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Runs that fall silent, and runs that speak again. */
@ApplicationScoped
public class RunSilence {
  private static final int PAGE = 200;

  @Inject Runs runs;
  @Inject Event<RunStatusChanged> statusChanges;
  @Inject Clock clock;

  @Inject
  @ConfigProperty(name = "binnacle.run.crash-after.seconds", defaultValue = "300")
  long crashAfterSeconds;

  /** Notes when a run was heard. */
  @RetryConflicts
  @Transactional
  public void broken(long runKey, Instant at) {
    runs.find(runKey)
        .filter(run -> !run.isDeleted())
        .ifPresent(
            run -> {
              RunStatus before = run.status();
              run.spoke(at);
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
    Instant cutoff = clock.instant().minus(Duration.ofSeconds(crashAfterSeconds));
    var silent = runs.silentSince(cutoff, PAGE);
    silent.forEach(
        run -> {
          RunStatus before = run.status();
          run.fellSilent();
          tell(run, before);
        });
    return silent.size() == PAGE;
  }

  private void tell(Run run, RunStatus before) {
    if (run.status() != before) {
      statusChanges.fire(new RunStatusChanged(run.id(), run.status()));
    }
  }
}
