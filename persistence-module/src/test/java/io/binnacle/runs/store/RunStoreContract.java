package io.binnacle.runs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.entity.Slug;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunActivity;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunHeading;
import io.binnacle.runs.entity.RunIdentity;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store of runs does on every database. */
abstract class RunStoreContract extends StoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123456789Z");
  private static final RunFilter ALL = filter(null, null, null, RunOrder.NEWEST);

  private Runs runs;
  private long lastId;

  @Override
  protected void prepare(TestDatabase empty) {
    runs = new Runs(empty.entities());
  }

  @BeforeEach
  void empty() {
    database().run(() -> database().entities().createQuery("delete from Run r").executeUpdate());
  }

  @Test
  void aRunComesBackAsItWasAdded() {
    UUID runId = UUID.randomUUID();
    RunDetails details =
        new RunDetails(
            "night 夜 🌙",
            "{\"lr\":" + "1".repeat(100_000) + "}",
            List.of("b", "a"),
            "two\nlines",
            "gpu-7",
            "abc123",
            "python train.py",
            "1.2",
            "prod",
            "trainer");
    database().run(() -> runs.add(new Run(++lastId, runId, 1, details, 9, NOW, NOW)));

    RunSummary read =
        database().inTransaction(() -> runs.find(runId)).orElseThrow().summary("vision");

    assertEquals("night 夜 🌙", read.name());
    assertEquals(details.config(), read.config());
    assertEquals(List.of("a", "b"), read.tags());
    assertEquals("two\nlines", read.notes());
    assertEquals("trainer", read.service());
    assertEquals(NOW, read.startedAt());
    assertEquals(RunStatus.RUNNING, read.status());
  }

  @Test
  void aRunIdIsTakenOnce() {
    UUID runId = UUID.randomUUID();
    database().run(() -> runs.add(new Run(++lastId, runId, 1, named("a"), 9, NOW, NOW)));

    assertThrows(
        PersistenceException.class,
        () -> database().run(() -> runs.add(new Run(++lastId, runId, 2, named("b"), 9, NOW, NOW))));
  }

  @Test
  void everyOrderPagesOverAllRunsOnce() {
    for (int i = 0; i < 7; i++) {
      add(1, named("run " + i % 3), NOW.plusSeconds(i / 2));
    }
    end(1, RunStatus.FINISHED, 40);
    end(3, RunStatus.FAILED, 20);
    end(4, RunStatus.FINISHED, 20);
    for (String code : RunOrder.ALL.codes()) {
      RunFilter filter = filter(null, null, null, RunOrder.of(code));
      List<Long> paged = new ArrayList<>();
      List<String> after = null;
      do {
        List<String> from = after;
        Slice<Run> page =
            database().inTransaction(() -> runs.list(filter, Optional.empty(), from, 2));
        page.items().forEach(run -> paged.add(run.id()));
        after = page.next();
      } while (after != null);
      assertEquals(ids(filter), paged, code);
      assertEquals(7, Set.copyOf(paged).size(), code);
    }
  }

  @Test
  void aPageOfLargeRunsEndsBeforeItsTextsAreTooLongTogether() {
    for (int i = 0; i < 40; i++) {
      add(1, configured("{\"text\":\"" + "x".repeat(250_000) + "\"}"), NOW.plusSeconds(i));
    }
    Set<Long> paged = new LinkedHashSet<>();
    List<String> after = null;
    do {
      List<String> from = after;
      Slice<Run> page =
          database().inTransaction(() -> runs.list(ALL, Optional.empty(), from, 1000));
      int chars = page.items().stream().mapToInt(run -> run.summary("").config().length()).sum();
      assertTrue(chars <= Runs.MAX_PAGE_CHARS && page.items().size() <= 16, "" + chars);
      page.items().forEach(run -> assertTrue(paged.add(run.id())));
      after = page.next();
    } while (after != null);
    assertEquals(40, paged.size());
  }

  @Test
  void aListForPeopleIsAsLongAsTheyWantAndReadsNothingLarge() {
    for (int i = 0; i < 20; i++) {
      add(1, configured("{\"text\":\"" + "x".repeat(250_000) + "\"}"), NOW.plusSeconds(i));
    }
    long tagged = add(2, tagged("a", "b"), NOW.plusSeconds(20));

    Slice<RunHeading> page = headings(null);

    assertEquals(20, page.items().size());
    RunHeading first = page.items().get(0);
    Run run = database().inTransaction(() -> runs.find(tagged)).orElseThrow();
    assertEquals(run.runId(), first.id());
    assertEquals("project 2", first.project());
    assertEquals(List.of("a", "b"), first.tags());
    assertEquals(RunStatus.RUNNING, first.status());
    assertEquals(NOW.plusSeconds(20), first.startedAt());
    assertNull(first.endedAt());
    assertEquals(1, headings(page.next()).items().size());
  }

  @Test
  void whatGoesOnInProjectsIsReadTogether() {
    add(1, named("a"), NOW);
    add(1, named("b"), NOW.plusSeconds(9));
    long deleted = add(1, named("c"), NOW.plusSeconds(99));
    add(2, named("d"), NOW.plusSeconds(3));
    database().run(() -> runs.find(deleted).orElseThrow().delete(NOW));
    end(0, RunStatus.FINISHED, 40);

    RunActivity first = new RunActivity(2, 1, NOW.plusSeconds(9));
    assertEquals(
        Map.of(1L, first, 2L, new RunActivity(1, 1, NOW.plusSeconds(3))),
        activity(Optional.empty()));
    assertEquals(Map.of(1L, first), activity(Optional.of(Set.of(1L, 3L))));
    assertEquals(Map.of(), activity(Optional.of(Set.of())));
  }

  private Map<Long, RunActivity> activity(Optional<Set<Long>> visible) {
    return database().inTransaction(() -> runs.activity(List.of(1L, 2L, 3L), visible));
  }

  private Slice<RunHeading> headings(@Nullable List<String> after) {
    return database()
        .inTransaction(
            () -> runs.headings(ALL, Optional.empty(), after, 20, id -> "project " + id));
  }

  @Test
  void runsAreSortedByHowTheyEndedWhenAndAfterHowLong() {
    for (int i = 0; i < 4; i++) {
      add(1, named("run " + i), NOW.plusSeconds(i));
    }
    List<Long> all = ids(filter(null, null, null, RunOrder.of("started_at")));
    end(0, RunStatus.FINISHED, 40);
    end(1, RunStatus.KILLED, 50);
    end(2, RunStatus.FAILED, 10);

    assertEquals(List.of(2, 0, 1, 3), sorted(all, "status"));
    assertEquals(List.of(1, 0, 2, 3), sorted(all, "-ended_at"));
    assertEquals(List.of(3, 2, 0, 1), sorted(all, "duration"));
    assertEquals(List.of(1, 0, 2, 3), sorted(all, "-duration"));
  }

  @Test
  void anUnknownOrderIsRefusedWithThoseThatThereAre() {
    ProblemException refusal = assertThrows(ProblemException.class, () -> RunOrder.of("colour"));

    assertTrue(refusal.getMessage().contains("-duration"), refusal.getMessage());
  }

  private List<Integer> sorted(List<Long> all, String order) {
    return ids(filter(null, null, null, RunOrder.of(order))).stream().map(all::indexOf).toList();
  }

  /** Ends the n-th of the runs that this test added, so many seconds after it began. */
  private void end(int index, RunStatus status, long seconds) {
    List<Long> all = ids(filter(null, null, null, RunOrder.of("started_at")));
    database()
        .run(
            () -> {
              Run run = runs.lock(all.get(index)).orElseThrow();
              run.become(status, null, run.startedAt().plusSeconds(seconds), NOW);
            });
  }

  @Test
  void aTagIsFoundWholeAndLiterally() {
    long exact = add(1, tagged("gpu_1"), NOW);
    add(1, tagged("gpux1", "my gpu_1 too"), NOW);
    add(1, tagged("100%"), NOW);

    assertEquals(List.of(exact), ids(filter(null, "gpu_1", null, RunOrder.NEWEST)));
    assertEquals(List.of(), ids(filter(null, "%", null, RunOrder.NEWEST)));
  }

  @Test
  void aTextIsFoundInAnyCaseAndLiterally() {
    long run = add(1, named("Night_100%!"), NOW);
    add(1, named("day"), NOW);

    for (String text : List.of("night", "_100", "100%", "%!")) {
      assertEquals(List.of(run), ids(filter(null, null, text, RunOrder.NEWEST)), text);
    }
    assertEquals(List.of(), ids(filter(null, null, "n_ght", RunOrder.NEWEST)));
  }

  @Test
  void onlyVisibleProjectsAreListedAndCounted() {
    long mine = add(1, named("a"), NOW);
    add(2, named("b"), NOW);

    Optional<Set<Long>> visible = Optional.of(Set.of(1L));
    assertEquals(
        List.of(mine),
        database()
            .inTransaction(
                () -> runs.list(ALL, visible, null, 10).items().stream().map(Run::id).toList()));
    assertEquals(1, database().inTransaction(() -> runs.count(ALL, visible)));
    assertEquals(0, database().inTransaction(() -> runs.count(ALL, Optional.of(Set.of()))));
  }

  @Test
  void aDeletedRunLeavesTheListsAndStaysUntilItIsPurged() {
    long id = add(1, named("a"), NOW);
    database().run(() -> runs.find(id).orElseThrow().delete(NOW));

    assertEquals(List.of(), ids(ALL));
    assertTrue(database().inTransaction(() -> runs.lock(id)).orElseThrow().isDeleted());
    assertEquals(1, database().inTransaction(() -> runs.toPurge(10)).size());

    database().run(() -> runs.find(id).orElseThrow().purged(NOW));
    assertEquals(0, database().inTransaction(() -> runs.toPurge(10)).size());
    assertTrue(database().inTransaction(() -> runs.find(id)).isPresent());
  }

  @Test
  void theRunsOfADeletedProjectAreGoneWithIt() {
    Project project = new Project(31, 31, new Slug("closing"), "closing", "", NOW);
    ProjectScope scope = ProjectScope.granted(31);
    database().run(() -> database().entities().persist(project));
    long id = add(31, named("a"), NOW);
    UUID runId = UUID.fromString(read(id).runId());
    assertEquals(List.of(id), ids(ALL));
    assertEquals(new RunIdentity(id, 31, false), identity(runId));
    assertEquals(Optional.of(RunStatus.RUNNING), status(scope, id));
    assertTrue(held(id));

    database().run(() -> database().entities().find(Project.class, 31L).delete(NOW));

    assertEquals(List.of(), ids(ALL));
    assertEquals(0, database().inTransaction(() -> runs.count(ALL, Optional.empty())));
    assertEquals(new RunIdentity(id, 31, true), identity(runId));
    assertEquals(Optional.empty(), status(scope, id));
    assertFalse(held(id));
    assertEquals(List.of(id), some(scope), "its purge finds them");
  }

  @Test
  void whatIsKnownOfARunIsReadWithoutTheRest() {
    long id = add(1, named("a"), NOW);
    UUID runId = UUID.fromString(read(id).runId());
    assertEquals(new RunIdentity(id, 1, false), identity(runId));
    assertEquals(Optional.empty(), status(ProjectScope.granted(2), id));
    assertTrue(held(id));

    database().run(() -> runs.find(id).orElseThrow().delete(NOW));

    assertEquals(new RunIdentity(id, 1, true), identity(runId));
    assertEquals(Optional.empty(), status(ProjectScope.granted(1), id));
    assertFalse(held(id));
    assertEquals(
        Optional.empty(), database().inTransaction(() -> runs.identity(UUID.randomUUID())));
  }

  private RunIdentity identity(UUID runId) {
    return database().inTransaction(() -> runs.identity(runId)).orElseThrow();
  }

  private Optional<RunStatus> status(ProjectScope scope, long id) {
    return database().inTransaction(() -> runs.status(scope, id));
  }

  private boolean held(long id) {
    return database().inTransaction(() -> runs.holdLiving(id));
  }

  private Run read(long id) {
    return database().inTransaction(() -> runs.find(id)).orElseThrow();
  }

  @Test
  void aProjectOwnsItsRunsUntilTheyArePurged() {
    ProjectScope project = ProjectScope.granted(1);
    add(2, named("of another"), NOW);
    assertFalse(database().inTransaction(() -> runs.existUnpurged(project)));
    long id = add(1, named("a"), NOW);
    assertEquals(List.of(id), some(project));

    database().run(() -> runs.find(id).orElseThrow().delete(NOW));
    assertEquals(List.of(), some(project));
    assertTrue(database().inTransaction(() -> runs.existUnpurged(project)));

    database().run(() -> runs.find(id).orElseThrow().purged(NOW));
    assertFalse(database().inTransaction(() -> runs.existUnpurged(project)));
  }

  private List<Long> some(ProjectScope project) {
    return database()
        .inTransaction(() -> runs.lockSome(project, 10).stream().map(Run::id).toList());
  }

  @Test
  void silentRunsAreThoseThatSayTheyRun() {
    long silent = add(1, named("silent"), NOW);
    long ended = add(1, named("ended"), NOW);
    database().run(() -> runs.find(ended).orElseThrow().become(RunStatus.FINISHED, 0, null, NOW));

    assertEquals(List.of(), silentSince(NOW));
    assertEquals(List.of(silent), silentSince(NOW.plusNanos(1)));
  }

  @Test
  void statusAndTimeNarrowAList() {
    long early = add(1, named("early"), NOW);
    long late = add(1, named("late"), NOW.plusNanos(1));
    database().run(() -> runs.find(early).orElseThrow().become(RunStatus.FAILED, 1, null, NOW));

    assertEquals(List.of(early), ids(filter(RunStatus.FAILED, null, null, RunOrder.NEWEST)));
    Instant between = NOW.plusNanos(1);
    assertEquals(List.of(late), ids(ofFirst(Set.of(), between, null)));
    assertEquals(List.of(early), ids(ofFirst(Set.of(), null, between)));
    assertEquals(
        List.of(late, early),
        ids(ofFirst(Set.of(RunStatus.FAILED, RunStatus.RUNNING), null, null)));
  }

  private static RunFilter ofFirst(
      Set<RunStatus> statuses, @Nullable Instant after, @Nullable Instant before) {
    return new RunFilter(
        1L, statuses, List.of(), null, after, before, RunFilter.Origin.ANY, RunOrder.NEWEST);
  }

  @Test
  void aRunIsFoundByAllItsTagsAndByWhereItComesFrom() {
    long both = add(1, tagged("red", "green"), NOW);
    add(1, tagged("red"), NOW);
    long there =
        add(
            1,
            new RunDetails(
                "run", "{}", List.of(), "", "gpu-7", null, null, "1.2", "prod", "trainer"),
            NOW);

    assertEquals(List.of(both), ids(from(List.of("green", "red"), RunFilter.Origin.ANY)));
    for (RunFilter.Origin origin :
        List.of(
            new RunFilter.Origin("gpu-7", null, null, null),
            new RunFilter.Origin(null, "1.2", null, null),
            new RunFilter.Origin(null, null, "prod", null),
            new RunFilter.Origin(null, null, null, "trainer"))) {
      assertEquals(List.of(there), ids(from(List.of(), origin)), origin.toString());
    }
    assertEquals(List.of(), ids(from(List.of(), new RunFilter.Origin("gpu-7", "1", null, null))));
  }

  private static RunFilter from(List<String> tags, RunFilter.Origin origin) {
    return new RunFilter(null, Set.of(), tags, null, null, null, origin, RunOrder.NEWEST);
  }

  @Test
  void aTextIsFoundInTheIdTheCommitAndTheTags() {
    RunDetails details =
        new RunDetails(
            "run", "{}", List.of("night-shift"), "", null, "cafe0123", null, null, null, null);
    long id = add(1, details, NOW);
    add(1, named("other"), NOW);
    String runId = database().inTransaction(() -> runs.find(id)).orElseThrow().runId();

    for (String text : List.of(runId, runId.substring(0, 13), "CAFE01", "shift")) {
      assertEquals(List.of(id), ids(filter(null, null, text, RunOrder.NEWEST)), text);
    }
  }

  private List<Long> silentSince(Instant time) {
    return database().inTransaction(() -> runs.silentSince(time, 10));
  }

  private List<Long> ids(RunFilter filter) {
    return database()
        .inTransaction(
            () ->
                runs.list(filter, Optional.empty(), null, 100).items().stream()
                    .map(Run::id)
                    .toList());
  }

  private long add(long project, RunDetails details, Instant startedAt) {
    long id = ++lastId;
    database()
        .run(() -> runs.add(new Run(id, UUID.randomUUID(), project, details, 9, startedAt, NOW)));
    return id;
  }

  private static RunDetails configured(String config) {
    return new RunDetails("run", config, List.of(), "", null, null, null, null, null, null);
  }

  private static RunDetails named(String name) {
    return details(name, List.of());
  }

  private static RunDetails tagged(String... tags) {
    return details("run", List.of(tags));
  }

  private static RunDetails details(String name, List<String> tags) {
    return new RunDetails(name, "{}", tags, "", null, null, null, null, null, null);
  }

  private static RunFilter filter(
      @Nullable RunStatus status, @Nullable String tag, @Nullable String text, SortOrder order) {
    return new RunFilter(
        null,
        status == null ? Set.of() : Set.of(status),
        tag == null ? List.of() : List.of(tag),
        text,
        null,
        null,
        RunFilter.Origin.ANY,
        order);
  }
}
