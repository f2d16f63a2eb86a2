package io.binnacle.runs.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import io.binnacle.testing.H2Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunChangeTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(7);
  private static final Instant MADE = Instant.parse("2026-11-21T08:00:00Z");
  private static final Instant NOW = MADE.plusSeconds(60);

  private final H2Database database = H2Database.create();
  private final RunLifecycle lifecycle = new RunLifecycle();
  private final UUID runId = UUID.randomUUID();
  private final RunRef run =
      new RunRef(SCOPE, new RunsForTests(database, MADE).add(SCOPE, runId), runId);

  @BeforeEach
  void prepare() {
    lifecycle.runs = new Runs(database.entities());
    lifecycle.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    lifecycle.projects =
        new ProjectCatalog() {
          @Override
          public Optional<String> slugOf(long projectId) {
            return Optional.of("p");
          }
        };
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aChangeByAKeyThatSendsDataIsASignOfLife() {
    assertEquals(NOW, heardAfterAChangeBy(caller(Right.INGEST, 5L, null)));
  }

  @Test
  void aChangeByAPersonOrAKeyThatSendsNothingIsNone() {
    assertEquals(MADE, heardAfterAChangeBy(caller(Right.INGEST, null, 5L)));
    assertEquals(MADE, heardAfterAChangeBy(caller(Right.WRITE, 5L, null)));
  }

  private Instant heardAfterAChangeBy(Caller caller) {
    var nothing = new RunLifecycle.Change(UnaryOperator.identity(), null, null, null);
    return database.inTransaction(() -> lifecycle.change(caller, run, nothing)).heartbeatAt();
  }

  private static Caller caller(Right right, @Nullable Long key, @Nullable Long session) {
    return new Caller(1, "ada", "Ada", Role.MEMBER, Set.of(right), key, null, session, false);
  }
}
