package io.binnacle.runs.control;

import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Runs for the tests of features that keep data of runs. */
public final class RunsForTests {
  private final TestDatabase database;
  private final Instant now;
  private final Runs runs;
  private long lastKey;

  /**
   * @param now when all runs begin
   */
  public RunsForTests(TestDatabase database, Instant now) {
    this.database = database;
    this.now = now;
    this.runs = new Runs(database.entities());
  }

  /** What holds a run while data is added to it. */
  public RunLock lock() {
    RunLock lock = new RunLock();
    lock.runs = runs;
    return lock;
  }

  /** Adds a run and returns its key. */
  public long add(ProjectScope scope, UUID runId) {
    long key = ++lastKey;
    RunDetails details =
        new RunDetails("run", "{}", List.of(), "", null, null, null, null, null, null);
    database.run(() -> runs.add(new Run(key, runId, scope.projectId(), details, 1, now, now)));
    return key;
  }

  /** Deletes a run. */
  public void delete(long key) {
    database.run(() -> runs.find(key).orElseThrow().delete(now));
  }
}
