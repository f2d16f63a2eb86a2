package io.binnacle.projects.control;

import io.binnacle.projects.entity.Project;
import io.binnacle.projects.entity.Slug;
import io.binnacle.projects.store.Projects;
import io.binnacle.testing.TestDatabase;
import java.time.Instant;

/** Projects for the tests of features that keep data of projects. */
public final class ProjectsForTests {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final TestDatabase database;
  private final Projects projects;

  /** Projects in a database. */
  public ProjectsForTests(TestDatabase database) {
    this.database = database;
    this.projects = new Projects(database.entities());
  }

  /** What holds a project while something is added to it. */
  public ProjectLock lock() {
    ProjectLock lock = new ProjectLock();
    lock.projects = projects;
    return lock;
  }

  /** Adds a project. */
  public void add(int id, String slug) {
    database.run(() -> projects.add(new Project(id, id, new Slug(slug), slug, "", NOW)));
  }

  /** Deletes a project. */
  public void delete(long id) {
    database.run(() -> projects.find(id).orElseThrow().delete(NOW));
  }
}
