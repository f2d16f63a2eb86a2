package io.binnacle.security.entity;

import io.binnacle.platform.entity.InstantNanos;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who changed what, when. Written with the change in one transaction, and never changed itself. */
@Entity
@Table(name = "audit_entry")
public class AuditEntry {
  @Id private long id;

  @Convert(converter = InstantNanos.class)
  @Column(name = "happened_at")
  private Instant happenedAt;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "key_id")
  private @Nullable Long keyId;

  @Column(name = "project_id")
  private long projectId;

  private String action;

  @Column(name = "object_type")
  private String objectType;

  @Column(name = "object_id")
  private String objectId;

  @Column(name = "before_state")
  private @Nullable String before;

  @Column(name = "after_state")
  private @Nullable String after;

  @Column(name = "request_id")
  private @Nullable String requestId;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected AuditEntry() {}

  /**
   * An entry about a change.
   *
   * @param by who made it, or null for the server itself
   * @param before what changed, as JSON, or null when the object is new
   * @param after what it became, as JSON, or null when the object is gone
   */
  public AuditEntry(
      long id,
      Instant happenedAt,
      @Nullable Caller by,
      String action,
      AuditSubject subject,
      @Nullable String before,
      @Nullable String after,
      @Nullable String requestId) {
    this.id = id;
    this.happenedAt = happenedAt;
    this.userId = by == null ? 0 : by.userId();
    this.keyId = by == null ? null : by.keyId();
    this.projectId = subject.projectId();
    this.action = action;
    this.objectType = subject.type();
    this.objectId = subject.id();
    this.before = before;
    this.after = after;
    this.requestId = requestId;
  }

  public long id() {
    return id;
  }

  public Instant happenedAt() {
    return happenedAt;
  }

  /** The user, or 0 for the server itself. */
  public long userId() {
    return userId;
  }

  public @Nullable Long keyId() {
    return keyId;
  }

  /** The project, or 0 for the installation. */
  public long projectId() {
    return projectId;
  }

  public String action() {
    return action;
  }

  public String objectType() {
    return objectType;
  }

  public String objectId() {
    return objectId;
  }

  /** JSON, or null. */
  public @Nullable String before() {
    return before;
  }

  /** JSON, or null. */
  public @Nullable String after() {
    return after;
  }

  public @Nullable String requestId() {
    return requestId;
  }
}
