package io.binnacle.runs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.binnacle.platform.entity.Times;
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
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Instant CRASH = NOW.plus(LIMIT).plus(ROUND);
  private static final Duration HOUR = Duration.ofHours(1);

  private final H2Database database = H2Database.create();
  private final RunsForTests runs = new RunsForTests(database, NOW);
  private final KeptEvents<RunStatusChanged> changes = new KeptEvents<>();
  private final RunSilence silence = new RunSilence();
  private final Heartbeats heartbeats = new Heartbeats();
  private long run;

  @BeforeEach
  void aRunThatBegins() {
    silence.runs = new Runs(database.entities());
    silence.statusChanges = changes;
    silence.crashAfterSeconds = LIMIT.toSeconds();
    heartbeats.silence = silence;
    run = runs.add(ProjectScope.granted(7), UUID.randomUUID());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRunIsCrashedAfterTheLimitAndNotBefore() {
    listen(NOW, NOW.plus(LIMIT));
    assertEquals(RunStatus.RUNNING, read().status());

    listen(NOW.plus(LIMIT).plusNanos(1));
    assertEquals(RunStatus.CRASHED, read().status());
    assertEquals(NOW, read().endedAt());
    assertEquals(List.of(RunStatus.CRASHED), statuses());
  }

  @Test
  void aRunThatWasSilentWhileNobodyListenedGetsItsFullTime() {
    Instant start = NOW.plus(HOUR);
    listen(start, start.plus(LIMIT));
    assertEquals(RunStatus.RUNNING, read().status());

    Instant pause = start.plus(HOUR);
    listen(pause, pause.plus(LIMIT));
    assertEquals(RunStatus.RUNNING, read().status());

    listen(pause.plus(LIMIT).plus(ROUND));
    assertEquals(RunStatus.CRASHED, read().status());
    assertEquals(NOW, read().endedAt());
  }

  @Test
  void aCrashedRunComesBackWhenItSpeaks() {
    listen(NOW, CRASH);
    arrives(CRASH, CRASH);

    assertEquals(RunStatus.RUNNING, read().status());
    assertNull(read().endedAt());
    assertEquals(CRASH, read().heartbeatAt());
    assertEquals(List.of(RunStatus.CRASHED, RunStatus.RUNNING), statuses());
  }

  @Test
  void whatADeadScriptLeftTellsHowLongItLivedAndDoesNotBringItsRunBack() {
    listen(NOW, CRASH);
    Instant last = NOW.plusSeconds(20);
    arrives(last, NOW.plus(HOUR));
    arrives(NOW.plusSeconds(10), NOW.plus(HOUR).plus(ROUND));

    assertEquals(RunStatus.CRASHED, read().status());
    assertEquals(last, read().endedAt());
    assertEquals(List.of(RunStatus.CRASHED), statuses());
  }

  @Test
  void aRunWhoseLeftoversKeptItRunningEndedWithTheNewestOfThem() {
    Instant start = NOW.plus(HOUR);
    Instant last = NOW.plusSeconds(20);
    arrives(last, start);
    listen(start, start.plus(LIMIT).plus(ROUND));

    assertEquals(RunStatus.CRASHED, read().status());
    assertEquals(last, read().endedAt());
    assertEquals(start, read().heartbeatAt());
  }

  @Test
  void timesThatCanNotBeRightCountAsThatOfTheArrival() {
    listen(NOW, CRASH);
    arrives(Instant.parse("1971-01-01T00:00:00Z"), CRASH);
    assertEquals(RunStatus.RUNNING, read().status());

    arrives(CRASH.plus(HOUR), CRASH.plus(ROUND));
    Instant again = CRASH.plus(ROUND).plus(LIMIT).plus(ROUND);
    listen(CRASH, again);
    assertEquals(RunStatus.CRASHED, read().status());
    assertEquals(CRASH.plus(ROUND), read().endedAt());
  }

  @Test
  void whatCameBeforeTheLastHeartbeatChangesNothing() {
    arrives(NOW.minusSeconds(60), NOW.minusSeconds(60));

    assertEquals(NOW, read().heartbeatAt());
    assertEquals(List.of(), statuses());
  }

  @Test
  void aClockThatGoesBackwardsCrashesNoRunAndTakesNoHeartbeatBack() {
    listen(NOW.minusSeconds(86_400));
    arrives(NOW.minusSeconds(86_400), NOW.minusSeconds(86_400));
    listen(NOW.plus(LIMIT).plus(ROUND));

    assertEquals(RunStatus.RUNNING, read().status());
    assertEquals(NOW, read().heartbeatAt());
    assertEquals(List.of(), statuses());
  }

  @Test
  void aDeletedRunNeitherCrashesNorComesBack() {
    runs.delete(run);
    listen(NOW, CRASH);
    arrives(NOW.plusSeconds(500), NOW.plusSeconds(500));

    assertEquals(RunStatus.RUNNING, read().status());
    assertEquals(NOW, read().heartbeatAt());
  }

  @Test
  void whatWasHeardIsWrittenDownOnce() {
    heartbeats.clock = Clock.fixed(NOW.plusSeconds(5), ZoneOffset.UTC);
    heartbeats.sent(run, Times.nanos(NOW.plusSeconds(4)));
    heartbeats.sent(run, Times.nanos(NOW.plusSeconds(3)));

    database.run(heartbeats::write);
    heartbeats.clock = Clock.fixed(NOW.plusSeconds(9), ZoneOffset.UTC);
    database.run(heartbeats::write);

    assertEquals(NOW.plusSeconds(5), read().heartbeatAt());
  }

  /** Something whose newest part is of a time arrives. */
  private void arrives(Instant newest, Instant now) {
    heartbeats.clock = Clock.fixed(now, ZoneOffset.UTC);
    heartbeats.sent(run, Times.nanos(newest));
    database.run(heartbeats::write);
  }

  /** The rounds of a server that listens for a while. */
  private void listen(Instant first, Instant last) {
    for (Instant round = first; !round.isAfter(last); round = round.plus(ROUND)) {
      listen(round);
    }
  }

  private void listen(Instant now) {
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
