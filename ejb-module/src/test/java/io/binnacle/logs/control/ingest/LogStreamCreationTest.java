package io.binnacle.logs.control.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.logs.entity.OwnerKind;
import io.binnacle.logs.store.LogStreams;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.Ids;
import io.binnacle.projects.control.ProjectsForTests;
import io.binnacle.runs.control.RunsForTests;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.H2Database;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first line of a process may come behind the deletion of what it belongs to. */
class LogStreamCreationTest {
  private static final int PROJECT = 7;
  private static final ProjectScope SCOPE = ProjectScope.granted(PROJECT);

  private final H2Database database = H2Database.create();
  private final RunsForTests runs = new RunsForTests(database, Instant.EPOCH);
  private final ProjectsForTests projects = new ProjectsForTests(database);
  private final LogStreamCreation creation = new LogStreamCreation();

  @BeforeEach
  void aProject() {
    creation.streams = new LogStreams(database.dataSource());
    creation.runs = runs.lock();
    creation.projects = projects.lock();
    creation.clock = Clock.systemUTC();
    creation.ids = new Ids(1, creation.clock::millis);
    projects.add(PROJECT, "vision");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aStreamIsMadeOnceForEachName() {
    LogOwner run = run();
    long rank0 = create(run, "rank-0");

    assertEquals(rank0, create(run, "rank-0"));
    create(run, "rank-1");
    assertEquals(2, count(run));
  }

  @Test
  void aRunThatWasDeletedElsewhereGetsNoMoreStreams() {
    LogOwner run = run();
    runs.delete(run.id());

    assertEquals(ProblemType.RUN_DELETED, refused(run).type());
    assertEquals(0, count(run));
  }

  @Test
  void aServiceOfADeletedProjectGetsNoMoreStreams() {
    LogOwner service = new LogOwner(OwnerKind.SERVICE, 5);
    create(service, "main");
    projects.delete(PROJECT);

    assertEquals(ProblemType.NOT_FOUND, refused(service).type());
    assertEquals(1, count(service));
  }

  private LogOwner run() {
    return new LogOwner(OwnerKind.RUN, runs.add(SCOPE, UUID.randomUUID()));
  }

  private ProblemException refused(LogOwner owner) {
    return assertThrows(ProblemException.class, () -> create(owner, "late"));
  }

  private long create(LogOwner owner, String name) {
    LogBatch.Header header = new LogBatch.Header(name, "{}", null, null, null, null, 0);
    return database.inTransaction(() -> creation.findOrCreate(SCOPE, owner, header).stream().id());
  }

  private long count(LogOwner owner) {
    return database.inTransaction(() -> creation.streams.count(SCOPE, owner));
  }
}
