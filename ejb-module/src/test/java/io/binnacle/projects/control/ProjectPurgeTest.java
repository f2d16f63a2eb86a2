package io.binnacle.projects.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.projects.entity.Service;
import io.binnacle.projects.entity.Slug;
import io.binnacle.projects.store.Projects;
import io.binnacle.projects.store.Services;
import io.binnacle.security.control.Members;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.GivenInstances;
import io.binnacle.testing.H2Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectPurgeTest {
  private static final int ID = 7;
  private static final ProjectScope SCOPE = ProjectScope.granted(ID);

  private final H2Database database = H2Database.create();
  private final ProjectsForTests projects = new ProjectsForTests(database);
  private final List<Long> disbanded = new ArrayList<>();
  private final Data data = new Data();
  private final ProjectPurge purge = new ProjectPurge();

  /** Data that is removed a part at a time and, in the end, by somebody else. */
  private static final class Data implements ProjectDataOwner {
    private int parts = 2;
    private boolean owns = true;

    @Override
    public boolean removeSome(ProjectScope scope) {
      return parts-- > 0;
    }

    @Override
    public boolean owns(ProjectScope scope) {
      return owns;
    }
  }

  @BeforeEach
  void aProjectWithAService() {
    purge.projects = new Projects(database.entities());
    purge.services = new Services(database.entities());
    purge.access = new ProjectAccess();
    purge.clock = Clock.systemUTC();
    purge.dataOwners = GivenInstances.of(List.of(data));
    purge.members =
        new Members() {
          @Override
          public void disband(ProjectScope scope) {
            disbanded.add(scope.projectId());
          }
        };
    projects.add(ID, "vision");
    database.run(() -> purge.services.add(new Service(1, ID, new Slug("worker"), Instant.EPOCH)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aProjectThatLivesIsLeftAlone() {
    assertFalse(step());

    assertEquals(2, data.parts);
    assertTrue(taken());
  }

  @Test
  void aDeletedProjectIsPurgedWhenNothingIsLeft() {
    projects.delete(ID);
    assertTrue(step());
    assertTrue(step());
    assertFalse(step(), "somebody else is still at work");
    assertTrue(taken());
    assertEquals(List.of(), disbanded);

    data.owns = false;
    assertFalse(step());
    assertFalse(taken());
    assertEquals(0, database.inTransaction(() -> purge.services.count(SCOPE, null)));
    assertEquals(List.of((long) ID), disbanded);

    int before = data.parts;
    assertFalse(step());
    assertEquals(before, data.parts, "a purged project is not looked at again");
  }

  private boolean step() {
    return database.inTransaction(purge::step);
  }

  private boolean taken() {
    return database.inTransaction(() -> purge.projects.isTaken("vision"));
  }
}
