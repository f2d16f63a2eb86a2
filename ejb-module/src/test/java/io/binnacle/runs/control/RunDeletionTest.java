package io.binnacle.runs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.store.Ids;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.control.Audit;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Role;
import io.binnacle.security.store.AuditEntries;
import io.binnacle.testing.GivenInstances;
import io.binnacle.testing.H2Database;
import io.binnacle.testing.KeptEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunDeletionTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(7);
  private static final Caller CALLER =
      new Caller(1, "ada", "Ada", Role.MEMBER, Set.of(), null, null, null, false);

  private final H2Database database = H2Database.create();
  private final RunsForTests runs = new RunsForTests(database, Instant.EPOCH);
  private final KeptEvents<RunDeleted> deletions = new KeptEvents<>();
  private final Data data = new Data();
  private final RunLifecycle lifecycle = new RunLifecycle();
  private final RunPurge purge = new RunPurge();

  /** Notes of each run that it hides whether another transaction could add to it meanwhile. */
  private final class Data implements RunDataOwner {
    private final List<Boolean> open = new ArrayList<>();

    @Override
    public void hide(ProjectScope scope, long runKey) {
      open.add(CompletableFuture.supplyAsync(() -> isOpen(runKey)).join());
    }

    @Override
    public boolean removeSome(ProjectScope scope, long runKey) {
      return false;
    }

    private boolean isOpen(long runKey) {
      try (Connection other = database.dataSource().getConnection();
          Statement statement = other.createStatement()) {
        statement.execute("set lock_timeout 50");
        statement.executeQuery("select id from run where id = " + runKey + " for update");
        return true;
      } catch (SQLException e) {
        return false;
      }
    }
  }

  @BeforeEach
  void prepare() {
    Clock clock = Clock.systemUTC();
    lifecycle.runs = new Runs(database.entities());
    lifecycle.dataOwners = GivenInstances.of(List.of(data));
    lifecycle.deletions = deletions;
    lifecycle.audit =
        new Audit(new AuditEntries(database.entities()), new Ids(1, clock::millis), clock);
    lifecycle.clock = clock;
    purge.runs = lifecycle.runs;
    purge.dataOwners = lifecycle.dataOwners;
    purge.clock = clock;
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nothingCanBeAddedToARunWhileItsDataIsHidden() {
    RunRef run = run();
    database.run(() -> lifecycle.delete(CALLER, run));

    assertEquals(List.of(false), data.open);
    assertEquals(List.of(new RunDeleted(run.runId(), run.key())), deletions.fired());
    assertThrows(ProblemException.class, () -> database.run(() -> lifecycle.delete(CALLER, run)));
  }

  @Test
  void theRunsOfADeletedProjectGoWithoutAGapEither() {
    run();
    run();

    assertTrue(database.inTransaction(() -> purge.removeSome(SCOPE)));
    assertFalse(database.inTransaction(() -> purge.removeSome(SCOPE)));
    assertEquals(List.of(false, false), data.open);
  }

  private RunRef run() {
    UUID runId = UUID.randomUUID();
    return new RunRef(SCOPE, runs.add(SCOPE, runId), runId);
  }
}
