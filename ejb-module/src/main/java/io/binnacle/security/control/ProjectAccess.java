package io.binnacle.security.control;

import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.security.entity.Caller;
import io.binnacle.security.entity.ProjectScope;
import io.binnacle.security.entity.Right;
import io.binnacle.security.entity.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The only place that opens a project's data. Memberships are remembered for up to five seconds; a
 * project that is not among them is looked up again, so that a new one is open at once everywhere.
 */
@ApplicationScoped
public class ProjectAccess {
  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX_USERS = 10_000;

  private final ConcurrentHashMap<Long, Memberships> remembered = new ConcurrentHashMap<>();

  @Inject CredentialLookup lookup;

  private record Memberships(Set<Long> projects, long loadedAt) {}

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public ProjectAccess() {}

  ProjectAccess(CredentialLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * Opens a project to a caller. Whether the project exists is for its own feature to say.
   *
   * @throws ProblemException NOT_FOUND when the caller is no member, FORBIDDEN when the caller is
   *     one and lacks the right
   */
  public ProjectScope scope(Caller caller, long projectId, Right right) {
    return scope(caller, projectId, right, () -> ProblemException.notFound("project"));
  }

  /**
   * Opens the project of something that the caller named instead.
   *
   * @param unseen what a caller is told who is no member
   */
  public ProjectScope scope(
      Caller caller, long projectId, Right right, Supplier<ProblemException> unseen) {
    if (!sees(caller, projectId)) {
      throw unseen.get();
    }
    require(caller, right);
    return ProjectScope.granted(projectId);
  }

  /** Whether a project may be shown to a caller. */
  public boolean sees(Caller caller, long projectId) {
    if (caller.keyProjectId() != null && caller.keyProjectId() != projectId) {
      return false;
    }
    return caller.role() == Role.ADMIN
        || rememberedProjects(caller.userId()).contains(projectId)
        || freshProjects(caller.userId()).contains(projectId);
  }

  /**
   * The projects that a list may show.
   *
   * @return their ids; absent when the caller sees every project
   */
  public Optional<Set<Long>> visible(Caller caller) {
    if (caller.seesAllProjects()) {
      return Optional.empty();
    }
    Long bound = caller.keyProjectId();
    if (bound == null) {
      return Optional.of(freshProjects(caller.userId()));
    }
    return Optional.of(sees(caller, bound) ? Set.of(bound) : Set.of());
  }

  /**
   * Refuses a caller without a right, where no project is at hand.
   *
   * @throws ProblemException FORBIDDEN
   */
  public void require(Caller caller, Right right) {
    if (!caller.may(right)) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "This needs the right \"" + right.code() + "\".");
    }
  }

  /** The scope of work that acts for no caller: timers, workers and cursors. */
  public ProjectScope background(long projectId) {
    return ProjectScope.granted(projectId);
  }

  void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) SecurityChanged committedChange) {
    remembered.clear();
  }

  private Set<Long> rememberedProjects(long userId) {
    Memberships known = remembered.get(userId);
    if (known != null && System.nanoTime() - known.loadedAt < MAX_AGE_NANOS) {
      return known.projects;
    }
    return freshProjects(userId);
  }

  private Set<Long> freshProjects(long userId) {
    long now = System.nanoTime();
    Set<Long> projects = lookup.projectsOf(userId);
    if (remembered.size() >= MAX_USERS) {
      remembered.clear();
    }
    remembered.put(userId, new Memberships(projects, now));
    return projects;
  }
}
