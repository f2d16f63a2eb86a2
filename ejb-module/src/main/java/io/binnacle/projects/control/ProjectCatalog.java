package io.binnacle.projects.control;

import io.binnacle.platform.control.RetryConflicts;
import io.binnacle.platform.entity.ListRequest;
import io.binnacle.platform.entity.Page;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.platform.store.Ids;
import io.binnacle.projects.entity.Project;
import io.binnacle.projects.entity.ProjectOrder;
import io.binnacle.projects.entity.ProjectSettings;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.projects.entity.Slug;
import io.binnacle.projects.store.Projects;
import io.binnacle.security.control.Audit;
import io.binnacle.security.control.Members;
import io.binnacle.security.control.ProjectAccess;
import io.binnacle.security.control.ProjectDirectory;
import io.binnacle.security.entity.AuditSubject;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creating, finding, changing and deleting projects. */
@ApplicationScoped
public class ProjectCatalog implements ProjectDirectory {
  @Inject Projects projects;
  @Inject ProjectAccess access;
  @Inject Members members;
  @Inject Event<ProjectDeleted> deletions;
  @Inject Audit audit;
  @Inject Ids ids;
  @Inject Clock clock;

  /**
   * Creates a project; its creator becomes a member.
   *
   * @param name what people read; null for the slug
   */
  @RetryConflicts
  @Transactional
  public ProjectSummary create(
      Caller caller, String slug, @Nullable String name, @Nullable String description) {
    Slug checked = Slug.forNew(slug);
    if (!mayCreate(caller)) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN,
          "Only members and admins create projects, and not by a key that is bound to one.");
    }
    if (projects.isTaken(checked.text())) {
      throw ProblemException.of(ProblemType.CONFLICT, "The slug is in use.");
    }
    return add(caller, checked, name == null ? slug : name, description).summary();
  }

  /** Finds a project, or creates it: a training script names one and expects it to be there. */
  @RetryConflicts
  @Transactional
  public ProjectSummary findOrCreate(Caller caller, String slug, @Nullable String name) {
    Optional<Project> found = projects.find(slug);
    if (found.isPresent()) {
      if (!access.sees(caller, found.get().id())) {
        throw ProblemException.notFound("project");
      }
      return found.get().summary();
    }
    if (!mayCreate(caller) || projects.isTaken(slug)) {
      throw ProblemException.notFound("project");
    }
    return add(caller, Slug.forNew(slug), name == null ? slug : name, null).summary();
  }

  private static boolean mayCreate(Caller caller) {
    return caller.role() != Role.VIEWER && caller.keyProjectId() == null;
  }

  private Project add(Caller caller, Slug slug, String name, @Nullable String description) {
    Project project =
        new Project(
            ids.next(),
            projects.nextNumber(),
            slug,
            name,
            description == null ? "" : description,
            clock.instant());
    projects.add(project);
    members.found(caller, project.id());
    audit.record(
        caller,
        "project.create",
        new AuditSubject("project", Long.toString(project.id()), project.id()),
        null,
        Map.of("slug", slug.text(), "name", name));
    return project;
  }

  /**
   * A project that the caller sees.
   *
   * @throws ProblemException NOT_FOUND
   */
  @Transactional
  public ProjectSummary get(Caller caller, String slug, Right right) {
    return visible(caller, slug, right).summary();
  }

  /**
   * A page of the projects that a caller sees.
   *
   * @throws ProblemException {@code invalid_field}, {@code invalid_cursor}
   */
  @Transactional
  public Page<ProjectSummary> list(Caller caller, ListRequest wanted) {
    Optional<Set<Long>> visible = access.visible(caller);
    String text = wanted.text();
    return wanted
        .answer(
            "projects",
            ProjectOrder.ALL,
            (order, after) -> projects.list(visible, text, order, after, wanted.limit()),
            projects.count(visible, text))
        .map(Project::summary);
  }

  /**
   * Changes a project.
   *
   * @param seen what the caller saw of it, from {@code If-Match}
   * @param change makes of what there is now what shall be
   */
  @Transactional
  public ProjectSummary change(
      Caller caller, String slug, SeenVersions seen, UnaryOperator<ProjectSettings> change) {
    Project project = visible(caller, slug, Right.WRITE);
    project.mustBeAt(seen);
    ProjectSummary before = project.summary();
    project.set(change.apply(project.settings()));
    projects.flush();
    ProjectSummary after = project.summary();
    audit.record(caller, "project.change", subject(project), audited(before), audited(after));
    return after;
  }

  /** Deletes a project: gone for every reader at once; what it owned goes in the background. */
  @Transactional
  public void delete(Caller caller, String slug, SeenVersions seen) {
    Project project = visible(caller, slug, Right.WRITE);
    project.mustBeAt(seen);
    project.delete(clock.instant());
    deletions.fire(new ProjectDeleted(project.id()));
    audit.record(caller, "project.delete", subject(project), audited(project.summary()), null);
  }

  @Override
  @Transactional
  public Optional<Long> idOf(String slug) {
    return projects.find(slug).map(Project::id);
  }

  @Override
  @Transactional
  public Optional<String> slugOf(long projectId) {
    return projects.find(projectId).map(Project::slug);
  }

  private Project visible(Caller caller, String slug, Right right) {
    Project project = projects.find(slug).orElseThrow(() -> ProblemException.notFound("project"));
    access.scope(caller, project.id(), right);
    return project;
  }

  private static AuditSubject subject(Project project) {
    return new AuditSubject("project", Long.toString(project.id()), project.id());
  }

  private static Map<String, ?> audited(ProjectSummary project) {
    return Map.of(
        "slug", project.slug(),
        "name", project.name(),
        "description", project.description(),
        "retention_days", String.valueOf(project.retentionDays()),
        "retention_bytes", String.valueOf(project.retentionBytes()),
        "stream_bytes", String.valueOf(project.streamBytes()));
  }
}
