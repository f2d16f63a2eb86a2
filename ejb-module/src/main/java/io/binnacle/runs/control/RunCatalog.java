package io.binnacle.runs.control;

import io.binnacle.platform.entity.Cursor;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.runs.entity.Run;
import io.binnacle.runs.entity.RunActivity;
import io.binnacle.runs.entity.RunFilter;
import io.binnacle.runs.entity.RunHeading;
import io.binnacle.runs.entity.RunSummary;
import io.binnacle.runs.store.Runs;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
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
   * A page of the runs that a caller sees. It ends early when they are large.
   *
   * @throws ProblemException {@code invalid_cursor}
   */
  @Transactional
  public Page<RunSummary> list(
      Caller caller, RunFilter filter, @Nullable String cursor, int limit) {
    Optional<Set<Long>> visible = access.visible(caller);
    String canonical = filter.canonical();
    List<String> after = cursor == null ? null : Cursor.decode(canonical, cursor);
    Map<Long, String> slugs = new HashMap<>();
    return runs.list(filter, visible, after, limit)
        .page(canonical, runs.count(filter, visible))
        .map(run -> run.summary(slugs.computeIfAbsent(run.projectId(), this::slug)));
  }

  /**
   * Like {@link #list}, for people: without config and notes, which may be large.
   *
   * @throws ProblemException {@code invalid_cursor}
   */
  @Transactional
  public Page<RunHeading> headings(
      Caller caller, RunFilter filter, @Nullable String cursor, int limit) {
    Optional<Set<Long>> visible = access.visible(caller);
    String canonical = filter.canonical();
    List<String> after = cursor == null ? null : Cursor.decode(canonical, cursor);
    Map<Long, String> slugs = new HashMap<>();
    return runs.headings(filter, visible, after, limit, id -> slugs.computeIfAbsent(id, this::slug))
        .page(canonical, runs.count(filter, visible));
  }

  /**
   * What goes on in some projects.
   *
   * @return by the id of the project, for those that the caller sees and that have runs
   */
  @Transactional
  public Map<Long, RunActivity> activity(Caller caller, Collection<Long> projectIds) {
    return runs.activity(projectIds, access.visible(caller));
  }

  private String slug(long projectId) {
    return projects.slugOf(projectId).orElse("");
  }
}
