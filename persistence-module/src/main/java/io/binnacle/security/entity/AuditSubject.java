package io.binnacle.security.entity;

/**
 * What an audit entry is about.
 *
 * @param type {@code user}, {@code project}, {@code run}, …
 * @param id as the API writes it
 * @param projectId the project it belongs to, or 0 for the installation
 */
public record AuditSubject(String type, String id, long projectId) {
  /** Something that belongs to no project. */
  public static AuditSubject of(String type, long id) {
    return new AuditSubject(type, Long.toString(id), 0);
  }

  /** Something that belongs to a project. */
  public static AuditSubject of(String type, String id, ProjectScope scope) {
    return new AuditSubject(type, id, scope.projectId());
  }
}
