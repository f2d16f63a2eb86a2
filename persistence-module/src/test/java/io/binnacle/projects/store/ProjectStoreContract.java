package io.binnacle.projects.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.store.Sql;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.entity.ProjectOrder;
import io.binnacle.projects.entity.ProjectSettings;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.projects.entity.Service;
import io.binnacle.projects.entity.ServiceOrder;
import io.binnacle.projects.entity.ServiceSummary;
import io.binnacle.projects.entity.Slug;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stores of projects and services do on every database. */
abstract class ProjectStoreContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123456789Z");

  private Projects projects;
  private Services services;
  private int number;

  @Override
  protected void prepare(TestDatabase empty) {
    projects = new Projects(empty.entities());
    services = new Services(empty.entities());
  }

  @BeforeEach
  void empty() {
    database()
        .run(
            () -> {
              database().entities().createQuery("delete from Service s").executeUpdate();
              database().entities().createQuery("delete from Project p").executeUpdate();
            });
  }

  private void change(String slug, UnaryOperator<ProjectSettings> change) {
    Project project = projects.find(slug).orElseThrow();
    project.set(change.apply(project.settings()));
  }

  @Test
  void aProjectComesBackAsItWasAddedToTheNanosecond() {
    database()
        .run(
            () -> {
              Project project = project(1, "vision");
              project.set(
                  new ProjectSettings(
                      "Vision 视觉 🚀", "What it sees\nand how", 30, 1L << 40, 1L << 30));
              projects.add(project);
            });

    ProjectSummary read = find("vision").orElseThrow().summary();

    assertEquals("Vision 视觉 🚀", read.name());
    assertEquals("What it sees\nand how", read.description());
    assertEquals(30, read.retentionDays());
    assertEquals(1L << 40, read.retentionBytes());
    assertEquals(NOW, read.createdAt());
  }

  @Test
  void aSlugIsTakenOnce() {
    add("vision");

    assertThrows(PersistenceException.class, () -> add("vision"));
    assertEquals(1, count());
  }

  @Test
  void aDeletedProjectIsNotFoundButItsSlugStaysTaken() {
    add("vision");
    database().run(() -> projects.find("vision").orElseThrow().delete(NOW));

    assertTrue(find("vision").isEmpty());
    assertTrue(database().inTransaction(() -> projects.isTaken("vision")));
    assertEquals(0, count());
  }

  @Test
  void aPurgedProjectGivesItsSlugBackButNotItsNumber() {
    add("vision");
    long id = find("vision").orElseThrow().id();
    assertEquals(0, database().inTransaction(projects::toPurge).size());
    database().run(() -> projects.find("vision").orElseThrow().delete(NOW));
    assertEquals(1, database().inTransaction(projects::toPurge).size());

    database().run(() -> projects.find(id).orElseThrow().purged(NOW));

    assertEquals(0, database().inTransaction(projects::toPurge).size());
    assertFalse(database().inTransaction(() -> projects.isTaken("vision")));
    assertEquals(number + 1, database().inTransaction(projects::nextNumber));
    add("vision");
    assertNotEquals(id, find("vision").orElseThrow().id());
  }

  @Test
  void aProjectThatIsLockedIsReadAgain() {
    add("vision");
    database()
        .run(
            () -> {
              long id = projects.find("vision").orElseThrow().id();
              Sql.of(database().dataSource(), "update project set deleted_at = 1 where id = ?", id)
                  .change();
              assertTrue(projects.lock(id).orElseThrow().isDeleted());
            });
  }

  @Test
  void numbersRiseFromOne() {
    assertEquals(1, database().inTransaction(projects::nextNumber));
    add("vision");
    assertEquals(number + 1, database().inTransaction(projects::nextNumber));
  }

  @Test
  void aListShowsWhatMayBeSeenInTheOrderOfSlugs() {
    for (String slug : List.of("c", "a", "b-2", "b.1", "b_3")) {
      add(slug);
    }
    long b1 = find("b.1").orElseThrow().id();
    long c = find("c").orElseThrow().id();

    assertEquals(List.of("a", "b-2", "b.1", "b_3", "c"), slugs(Optional.empty(), "slug", 10));
    assertEquals(List.of("c", "b_3", "b.1", "b-2", "a"), slugs(Optional.empty(), "-slug", 2));
    assertEquals(List.of("b.1", "c"), slugs(Optional.of(Set.of(b1, c)), "slug", 1));
    assertEquals(List.of(), slugs(Optional.of(Set.of()), "slug", 10));
    assertEquals(
        2, database().inTransaction(() -> projects.count(Optional.of(Set.of(b1, c)), null)));
  }

  @Test
  void anOldVersionIsRefused() {
    add("vision");
    long seen = find("vision").orElseThrow().summary().version();
    database().run(() -> change("vision", before -> before.described("New", "")));

    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> find("vision").orElseThrow().mustBeAt(SeenVersions.of(seen)));

    assertEquals(ProblemType.PRECONDITION_FAILED, refused.type());
  }

  @Test
  void onlyProjectsWithARuleOfRetentionAreGivenToTheWorker() {
    add("kept");
    add("cut");
    database().run(() -> change("cut", before -> before.keeping(null, null, 1_000L)));

    assertEquals(
        List.of("cut"),
        database()
            .inTransaction(() -> projects.withRetention().stream().map(Project::slug).toList()));
  }

  @Test
  void servicesComeInPagesFilteredAndSorted() {
    ProjectScope vision = ProjectScope.granted(1);
    List<String> names = List.of("worker", "backend", "web_1", "web.2");
    database()
        .run(
            () -> {
              for (int i = 0; i < names.size(); i++) {
                services.add(new Service(i + 1, 1, new Slug(names.get(i)), NOW.plusSeconds(i)));
              }
              services.add(new Service(9, 2, new Slug("web"), NOW));
            });

    for (String order : ServiceOrder.ALL.codes()) {
      List<String> paged = new ArrayList<>();
      List<String> after = null;
      do {
        List<String> from = after;
        Slice<Service> page = list(vision, null, order, from, 3);
        page.items().forEach(service -> paged.add(service.summary().name()));
        after = page.next();
      } while (after != null);
      assertEquals(Set.copyOf(names), Set.copyOf(paged), order);
      assertEquals(4, paged.size(), order);
    }
    assertEquals("web.2", name(list(vision, null, "-created_at", null, 1)));
    assertEquals("web_1", name(list(vision, "B_", "name", null, 9)));
    assertEquals(2, database().inTransaction(() -> services.count(vision, "web")));
    assertEquals(4, database().inTransaction(() -> services.count(vision, null)));
  }

  private Slice<Service> list(
      ProjectScope scope,
      @Nullable String text,
      String order,
      @Nullable List<String> after,
      int limit) {
    return database()
        .inTransaction(() -> services.list(scope, text, ServiceOrder.ALL.of(order), after, limit));
  }

  private static String name(Slice<Service> page) {
    assertEquals(1, page.items().size());
    return page.items().get(0).summary().name();
  }

  @Test
  void aServiceBelongsToItsProjectAlone() {
    add("vision");
    add("speech");
    ProjectScope vision = ProjectScope.granted(find("vision").orElseThrow().id());
    ProjectScope speech = ProjectScope.granted(find("speech").orElseThrow().id());
    database()
        .run(
            () -> {
              services.add(new Service(1, vision.projectId(), new Slug("worker"), NOW));
              services.add(new Service(2, vision.projectId(), new Slug("backend"), NOW));
              services.add(new Service(3, speech.projectId(), new Slug("worker"), NOW));
            });

    assertEquals(
        List.of("backend", "worker"),
        database()
            .inTransaction(
                () ->
                    services
                        .list(vision, null, ServiceOrder.ALL.of(null), null, 10)
                        .items()
                        .stream()
                        .map(Service::summary)
                        .map(ServiceSummary::name)
                        .toList()));
    assertEquals(
        3L, database().inTransaction(() -> services.find(speech, "worker").orElseThrow().id()));
    assertFalse(database().inTransaction(() -> services.find(speech, "backend").isPresent()));
  }

  private Project project(long id, String slug) {
    return new Project(id, ++number, new Slug(slug), slug, "", NOW);
  }

  private void add(String slug) {
    database().run(() -> projects.add(project(100 + number, slug)));
  }

  private Optional<Project> find(String slug) {
    return database().inTransaction(() -> projects.find(slug));
  }

  private long count() {
    return database().inTransaction(() -> projects.count(Optional.empty(), null));
  }

  @Test
  void aTextFindsProjectsBySlugNameOrDescription() {
    add("lighthouse");
    add("harbour");

    assertEquals(1, database().inTransaction(() -> projects.count(Optional.empty(), " HARB ")));
    assertEquals(0, database().inTransaction(() -> projects.count(Optional.empty(), "h_rbour")));
  }

  /** All pages of so many. */
  private List<String> slugs(Optional<Set<Long>> visible, String order, int limit) {
    List<String> slugs = new ArrayList<>();
    List<String> after = null;
    do {
      List<String> from = after;
      Slice<Project> page =
          database()
              .inTransaction(
                  () -> projects.list(visible, null, ProjectOrder.ALL.of(order), from, limit));
      page.items().forEach(project -> slugs.add(project.slug()));
      after = page.next();
    } while (after != null);
    return slugs;
  }
}
