package io.binnacle.projects.control;

import io.binnacle.projects.entity.Project;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.projects.store.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** How long and how much projects keep; for workers, not for callers. */
@ApplicationScoped
public class RetentionRules {
  @Inject Projects projects;

  /** The projects that do not keep logs for ever. */
  @Transactional
  public List<ProjectSummary> all() {
    return projects.withRetention().stream().map(Project::summary).toList();
  }
}
