package io.binnacle.security.entity;

/**
 * The proof that somebody may work on a project's data. Stores ask for it instead of a bare id, so
 * no query of owned data can forget the check. Only {@code io.binnacle.security} grants it, which
 * an architecture test holds.
 */
public final class ProjectScope {
  private final long projectId;

  private ProjectScope(long projectId) {
    this.projectId = projectId;
  }

  /** To be called by {@code ProjectAccess} only. */
  public static ProjectScope granted(long projectId) {
    return new ProjectScope(projectId);
  }

  /** The project whose data is open. */
  public long projectId() {
    return projectId;
  }
}
