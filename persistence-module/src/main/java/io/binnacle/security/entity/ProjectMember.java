package io.binnacle.security.entity;

import io.binnacle.platform.entity.InstantNanos;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** That a user belongs to a project. What the user may do there is the user's role. */
@Entity
@Table(name = "project_member")
@IdClass(ProjectMember.Key.class)
public class ProjectMember {
  @Id
  @Column(name = "project_id")
  private long projectId;

  @Id
  @Column(name = "user_id")
  private long userId;

  @Convert(converter = InstantNanos.class)
  @Column(name = "added_at")
  private Instant addedAt;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected ProjectMember() {}

  /** Makes a user a member. */
  public ProjectMember(long projectId, long userId, Instant addedAt) {
    this.projectId = projectId;
    this.userId = userId;
    this.addedAt = addedAt;
  }

  public long projectId() {
    return projectId;
  }

  public long userId() {
    return userId;
  }

  public Instant addedAt() {
    return addedAt;
  }

  /** The compound key, as JPA wants it. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private long projectId;
    private long userId;

    /** For JPA. */
    public Key() {}

    /** The key of a membership. */
    public Key(long projectId, long userId) {
      this.projectId = projectId;
      this.userId = userId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.projectId == projectId && key.userId == userId;
    }

    @Override
    public int hashCode() {
      return Objects.hash(projectId, userId);
    }
  }
}
