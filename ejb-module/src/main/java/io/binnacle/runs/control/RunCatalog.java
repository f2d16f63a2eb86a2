package io.binnacle.runs.control;

import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Times;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunOrder;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finding runs. */
@ApplicationScoped
public class RunCatalog {
  @Inject Runs runs;
  @Inject ProjectAccess access;
  @Inject ProjectCatalog projects;

  /** One run. */
  @Transactional
  public RunSummary get(RunRef ref) {
    Run run = runs.find(ref.key()).orElseThrow(() -> ProblemException.notFound("run"));
    return run.summary(slug(run.projectId()));
  }

  /**
   * A page of the runs that a caller sees.
   *
   * @throws ProblemException {@code invalid_cursor}
   */
  @Transactional
  public Page<RunSummary> list(
      Caller caller, RunFilter filter, @Nullable String cursor, int limit) {
    Optional<Set<Long>> visible = access.visible(caller);
    List<Run> found = runs.list(filter, visible, position(filter, cursor), limit + 1);
    boolean more = found.size() > limit;
    List<Run> page = more ? found.subList(0, limit) : found;
    Map<Long, String> slugs = new HashMap<>();
    List<RunSummary> items =
        page.stream()
            .map(run -> run.summary(slugs.computeIfAbsent(run.projectId(), this::slug)))
            .toList();
    return new Page<>(
        items,
        more ? cursorAfter(filter, page.get(limit - 1)) : null,
        runs.count(filter, visible),
        true);
  }

  private String slug(long projectId) {
    return projects.slugOf(projectId).orElse("");
  }

  private static String cursorAfter(RunFilter filter, Run last) {
    String key = byName(filter) ? last.name() : Long.toString(Times.nanos(last.startedAt()));
    return Cursor.encode(filter.canonical(), List.of(key, Long.toString(last.id())));
  }

  private static Runs.@Nullable Position position(RunFilter filter, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    List<String> keys = Cursor.decode(filter.canonical(), cursor);
    try {
      Object key = byName(filter) ? keys.get(0) : Times.instant(Long.parseLong(keys.get(0)));
      return new Runs.Position(key, Long.parseLong(keys.get(1)));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw ProblemException.of(ProblemType.INVALID_CURSOR, "The cursor was not made here.");
    }
  }

  private static boolean byName(RunFilter filter) {
    return filter.order() == RunOrder.BY_NAME || filter.order() == RunOrder.BY_NAME_FALLING;
  }
}
