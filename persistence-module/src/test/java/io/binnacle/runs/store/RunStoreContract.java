package io.binnacle.runs.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Slice;
import io.binnacle.platform.entity.SortOrder;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunDetails;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.runs.entity.RunStatus;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.testing.StoreContract;
import io.binnacle.testing.TestDatabase;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    RunFilter after = new RunFilter(1L, null, null, null, NOW.plusNanos(1), null, RunOrder.NEWEST);
    RunFilter before = new RunFilter(1L, null, null, null, null, NOW.plusNanos(1), RunOrder.NEWEST);
    assertEquals(List.of(late), ids(after));
    assertEquals(List.of(early), ids(before));
  }

  private List<Long> silentSince(Instant time) {
    return database()
        .inTransaction(() -> runs.silentSince(time, 10).stream().map(Run::id).toList());
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
    return new RunFilter(null, status, tag, text, null, null, order);
  }
}
