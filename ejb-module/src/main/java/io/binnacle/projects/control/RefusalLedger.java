package io.binnacle.projects.control;

import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.Refusal;
import io.binnacle.platform.store.Refusals;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.entity.ProjectRefusal;
import io.binnacle.projects.store.Projects;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.entity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was not stored as it was sent, over all projects that a caller sees. */
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
          .computeIfAbsent(one.projectId(), id -> projects.find(id).map(Project::slug))
          .ifPresent(slug -> items.add(inProject(slug, one.refusal())));
    }
    return new Page<>(items, null, items.size(), found.size() <= limit);
  }

  private static ProjectRefusal inProject(String slug, Refusal refusal) {
    return new ProjectRefusal(
        slug, refusal.kind(), refusal.reason(), refusal.total(), refusal.lastAt());
  }
}
