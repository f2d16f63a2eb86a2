package io.binnacle.runs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.H2Database;
import io.binnacle.testing.KeptEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunSilenceTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123456789Z");
  private static final Duration LIMIT = Duration.ofSeconds(300);

  private final H2Database database = H2Database.create();
  private final RunsForTests runs = new RunsForTests(database, NOW);
  private final KeptEvents<RunStatusChanged> changes = new KeptEvents<>();
  private final RunSilence silence = new RunSilence();
  private long run;

  @BeforeEach
  void aRunThatBegins() {
    silence.runs = new Runs(database.entities());
    silence.statusChanges = changes;
    silence.crashAfterSeconds = LIMIT.toSeconds();
    run = runs.add(ProjectScope.granted(7), UUID.randomUUID());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRunIsCrashedAfterTheLimitAndNotBefore() {
    markAt(NOW.plus(LIMIT));
    assertEquals(RunStatus.RUNNING, read().status());

    markAt(NOW.plus(LIMIT).plusNanos(1));
    assertEquals(RunStatus.CRASHED, read().status());
    assertEquals(NOW, read().endedAt());
    assertEquals(List.of(RunStatus.CRASHED), statuses());
  }

  @Test
  void aCrashedRunComesBackWhenItSpeaks() {
    Instant later = NOW.plus(LIMIT).plusSeconds(1);
    markAt(later);
    database.run(() -> silence.broken(run, later));

    assertEquals(RunStatus.RUNNING, read().status());
    assertNull(read().endedAt());
    assertEquals(later, read().heartbeatAt());
    assertEquals(List.of(RunStatus.CRASHED, RunStatus.RUNNING), statuses());
  }

  @Test
  void aHeartbeatFromThePastChangesNothing() {
    database.run(() -> silence.broken(run, NOW.minusSeconds(60)));

    assertEquals(NOW, read().heartbeatAt());
    assertEquals(List.of(), statuses());
  }

  @Test
  void aClockThatGoesBackwardsCrashesNoRunAndTakesNoHeartbeatBack() {
    markAt(NOW.minusSeconds(86_400));
    database.run(() -> silence.broken(run, NOW.minusSeconds(86_400)));
    markAt(NOW.plus(LIMIT));

    assertEquals(RunStatus.RUNNING, read().status());
    assertEquals(NOW, read().heartbeatAt());
    assertEquals(List.of(), statuses());
  }

  @Test
  void aDeletedRunNeitherCrashesNorComesBack() {
    runs.delete(run);
    markAt(NOW.plus(LIMIT).plusSeconds(1));
    database.run(() -> silence.broken(run, NOW.plusSeconds(500)));

    assertEquals(RunStatus.RUNNING, read().status());
    assertEquals(NOW, read().heartbeatAt());
  }

  @Test
  void whatWasHeardIsWrittenDownOnce() {
    Heartbeats heartbeats = new Heartbeats();
    heartbeats.clock = Clock.fixed(NOW.plusSeconds(5), ZoneOffset.UTC);
    heartbeats.silence = silence;
    heartbeats.spoke(run);
    heartbeats.spoke(run);

    database.run(heartbeats::write);
    heartbeats.clock = Clock.fixed(NOW.plusSeconds(9), ZoneOffset.UTC);
    database.run(heartbeats::write);

    assertEquals(NOW.plusSeconds(5), read().heartbeatAt());
  }

  private void markAt(Instant now) {
    silence.clock = Clock.fixed(now, ZoneOffset.UTC);
    assertFalse(database.inTransaction(silence::markCrashed));
  }

  private RunSummary read() {
    return database.inTransaction(() -> silence.runs.find(run)).orElseThrow().summary("vision");
  }

  private List<RunStatus> statuses() {
    return changes.fired().stream().map(RunStatusChanged::status).toList();
  }
}
