package io.binnacle.projects.control;

import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.entity.ProjectRefusal;
import io.binnacle.projects.store.Projects;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was not stored as it was sent: in one project, and in all that a caller sees. */
@ApplicationScoped
public class RefusalLedger {
  @Inject Refusals refusals;
  @Inject Projects projects;
  @Inject ProjectAccess access;

  /**
   * The counters, the one that counted last first. There are few: one for each reason of a project.
   *
   * @param limit at most so many
   */
  @Transactional
  public Page<ProjectRefusal> newest(Caller caller, int limit) {
    List<Refusals.OfProject> found = refusals.newest(access.visible(caller), limit + 1);
    Map<Long, Optional<String>> slugs = new HashMap<>();
    List<ProjectRefusal> items = new ArrayList<>();
    for (Refusals.OfProject one : found.subList(0, Math.min(limit, found.size()))) {
      slugs
          .computeIfAbsent(one.projectId(), this::slug)
          .ifPresent(slug -> items.add(inProject(slug, one.refusal())));
    }
    return new Page<>(items, null, items.size(), found.size() <= limit);
  }

  /**
   * The counters of one project.
   *
   * @throws ProblemException NOT_FOUND, FORBIDDEN
   */
  @Transactional
  public List<Refusal> ofProject(Caller caller, String slug) {
    Project project = projects.find(slug).orElseThrow(() -> ProblemException.notFound("project"));
    return refusals.of(access.scope(caller, project.id(), Right.READ));
  }

  /** Of a deleted project nobody sees anything any more. */
  private Optional<String> slug(long projectId) {
    return projects.find(projectId).filter(found -> !found.isDeleted()).map(Project::slug);
  }

  private static ProjectRefusal inProject(String slug, Refusal refusal) {
    return new ProjectRefusal(
        slug, refusal.kind(), refusal.reason(), refusal.total(), refusal.lastAt());
  }
}
