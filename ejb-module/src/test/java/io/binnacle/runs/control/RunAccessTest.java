package io.binnacle.runs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.projects.control.ProjectDeleted;
import io.binnacle.runs.entity.RunIdentity;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunAccessTest {
  private static final Caller ADMIN =
      new Caller(1, "ada", "Ada", Role.ADMIN, Set.of(Right.values()), null, null, null, false);
  private static final UUID RUN = UUID.randomUUID();

  private final RunAccess runs = new RunAccess();
  private RunIdentity stored = new RunIdentity(5, 7, false);

  @BeforeEach
  void prepare() {
    runs.access = new ProjectAccess();
    runs.lookup =
        new RunLookup() {
          @Override
          public Optional<RunIdentity> find(UUID runId) {
            return Optional.of(stored).filter(run -> runId.equals(RUN));
          }
        };
  }

  @Test
  void theDeletionOfItsProjectIsSeenAtOnceByReadersAndSenders() {
    assertEquals(5, runs.open(ADMIN, RUN.toString(), Right.READ).key());
    stored = new RunIdentity(5, 7, true);
    runs.forget(new ProjectDeleted(8));
    assertEquals(5, runs.open(ADMIN, RUN.toString(), Right.READ).key(), "remembered");

    runs.forget(new ProjectDeleted(7));

    assertRefused(ProblemType.NOT_FOUND, () -> runs.open(ADMIN, RUN.toString(), Right.READ));
    assertRefused(ProblemType.RUN_DELETED, () -> runs.openForData(ADMIN, RUN.toString()));
  }

  @Test
  void whoeverSeesNoSuchRunIsToldOfTheRunAndNotOfItsProject() {
    Caller bound = new Caller(1, "ada", "Ada", Role.ADMIN, Set.of(Right.READ), 3L, 8L, null, false);
    for (String id : new String[] {RUN.toString(), UUID.randomUUID().toString(), "1-1-1-1-1"}) {
      ProblemException refusal =
          assertThrows(ProblemException.class, () -> runs.open(bound, id, Right.READ), id);
      assertEquals(ProblemException.notFound("run").getMessage(), refusal.getMessage(), id);
    }
  }

  private static void assertRefused(ProblemType type, Runnable opening) {
    assertEquals(type, assertThrows(ProblemException.class, opening::run).type());
  }
}
