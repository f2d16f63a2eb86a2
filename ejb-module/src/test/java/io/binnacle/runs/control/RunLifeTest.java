package io.binnacle.runs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RunLifeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final Run run =
      new Run(
          1,
          UUID.randomUUID(),
          7,
          new RunDetails("run", "{}", List.of(), "", null, null, null, null, null, null),
          1,
          NOW,
          NOW);

  @Test
  void endingAnEndedRunAgainKeepsWhenItEnded() {
    run.become(RunStatus.FINISHED, 0, NOW.plusSeconds(5), NOW.plusSeconds(6));
    run.become(RunStatus.FAILED, null, null, NOW.plusSeconds(9));

    assertEquals(RunStatus.FAILED, run.status());
    assertEquals(NOW.plusSeconds(5), run.summary("").endedAt());
    assertEquals(0, run.summary("").exitCode());
  }

  @Test
  void anEndOfACrashedRunReplacesTheGuess() {
    run.fellSilent();
    assertEquals(NOW, run.summary("").endedAt());

    run.become(RunStatus.FINISHED, 0, null, NOW.plusSeconds(9));
    assertEquals(NOW.plusSeconds(9), run.summary("").endedAt());
  }

  @Test
  void howAnEndedRunEndedIsCorrectedInParts() {
    run.become(RunStatus.FAILED, 1, null, NOW.plusSeconds(5));

    run.correct(3, null);
    assertEquals(3, run.summary("").exitCode());
    assertEquals(NOW.plusSeconds(5), run.summary("").endedAt());

    run.correct(null, NOW.plusSeconds(4));
    assertEquals(3, run.summary("").exitCode());
    assertEquals(NOW.plusSeconds(4), run.summary("").endedAt());
    assertEquals(RunStatus.FAILED, run.status());
  }

  @Test
  void aRunThatRunsHasNoEnd() {
    assertRefused("exit_code", () -> run.correct(3, NOW));
    assertRefused("ended_at", () -> run.correct(null, NOW));
    assertRefused("exit_code", () -> run.become(RunStatus.RUNNING, 0, null, NOW));
    assertRefused("ended_at", () -> run.become(RunStatus.RUNNING, null, NOW, NOW));

    run.correct(null, null);
    assertNull(run.summary("").endedAt());
  }

  @Test
  void noRunEndsBeforeItBegins() {
    Instant before = NOW.minusNanos(1);
    assertRefused("ended_at", () -> run.become(RunStatus.FINISHED, 0, before, NOW));

    run.become(RunStatus.FINISHED, 0, null, before);
    assertEquals(NOW, run.summary("").endedAt());
    assertRefused("ended_at", () -> run.correct(null, before));
  }

  private static void assertRefused(String field, Executable change) {
    assertEquals(field, assertThrows(ProblemException.class, change).field());
  }

  @Test
  void goingBackToRunningResumes() {
    run.become(RunStatus.KILLED, 137, null, NOW.plusSeconds(5));
    run.become(RunStatus.RUNNING, null, null, NOW.plusSeconds(6));

    assertEquals(RunStatus.RUNNING, run.status());
    assertNull(run.summary("").endedAt());
    assertNull(run.summary("").exitCode());
  }

  @Test
  void nobodyClaimsACrash() {
    assertThrows(ProblemException.class, () -> run.become(RunStatus.CRASHED, null, null, NOW));
  }

  @Test
  void aRunThatEndedDoesNotFallSilentAndDoesNotComeBack() {
    run.become(RunStatus.FINISHED, 0, null, NOW);
    run.fellSilent();
    run.beat(NOW.plusSeconds(5));
    run.sent(NOW.plusSeconds(6), NOW.plusSeconds(6), Duration.ofSeconds(300));

    assertEquals(RunStatus.FINISHED, run.status());
    assertEquals(NOW, run.summary("").endedAt());
  }
}
