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
