package io.binnacle.projects.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.store.Ids;
import io.binnacle.projects.entity.Service;
import io.binnacle.projects.entity.Slug;
import io.binnacle.projects.store.Services;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.H2Database;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceDirectoryTest {
  private static final ProjectScope SCOPE = ProjectScope.granted(7);

  private final H2Database database = H2Database.create();
  private final ServiceDirectory directory = new ServiceDirectory();

  @BeforeEach
  void aProject() {
    ProjectsForTests projects = new ProjectsForTests(database);
    projects.add(7, "vision");
    directory.services = new Services(database.entities());
    directory.lock = projects.lock();
    directory.clock = Clock.systemUTC();
    directory.ids = new Ids(1, directory.clock::millis);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aProjectHasABoundedNumberOfServicesAndKeepsWhatItHas() {
    database.run(
        () -> {
          for (int i = 0; i < ServiceDirectory.MAX_SERVICES; i++) {
            database.entities().persist(new Service(i + 1, 7, new Slug("pod-" + i), Instant.EPOCH));
          }
        });

    assertEquals("18", database.inTransaction(() -> directory.findOrCreate(SCOPE, "pod-17")).id());
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> database.run(() -> directory.findOrCreate(SCOPE, "one-more")));
    assertEquals(ProblemType.INVALID_FIELD, refusal.type());
    assertEquals("service", refusal.field());
  }
}
