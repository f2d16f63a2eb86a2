package io.binnacle.projects.entity;

import io.binnacle.platform.entity.InstantNanos;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.platform.entity.Texts;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a team works on; everything that Binnacle keeps belongs to one. */
@Entity
@Table(name = "project")
public class Project {
  @Id private long id;
  private int number;
  private String slug = "";
  private String name = "";
  private String description = "";

  @Column(name = "retention_days")
  private @Nullable Integer retentionDays;

  @Column(name = "retention_bytes")
  private @Nullable Long retentionBytes;

  @Column(name = "stream_bytes")
  private @Nullable Long streamBytes;

  @Convert(converter = InstantNanos.class)
  @Column(name = "created_at")
  private Instant createdAt = Instant.EPOCH;

  @Version private long version;

  @Convert(converter = InstantNanos.class)
  @Column(name = "deleted_at")
  private @Nullable Instant deletedAt;

  @Convert(converter = InstantNanos.class)
  @Column(name = "purged_at")
  private @Nullable Instant purgedAt;

  /** For JPA. */
  protected Project() {}

  /**
   * @param number small and unique: for addresses where a slug does not fit
   */
  public Project(
      long id, int number, Slug slug, String name, String description, Instant createdAt) {
    this.id = id;
    this.number = number;
    this.slug = slug.text();
    this.createdAt = createdAt;
    describe(name, description);
  }

  /** What of it may be changed. */
  public ProjectSettings settings() {
    return new ProjectSettings(name, description, retentionDays, retentionBytes, streamBytes);
  }

  /**
   * Changes what may be changed.
   *
   * @throws ProblemException INVALID_FIELD for what no project may have
   */
  public void set(ProjectSettings settings) {
    describe(settings.name(), settings.description());
    retentionDays = positive("retention_days", settings.retentionDays());
    retentionBytes = positive("retention_bytes", settings.retentionBytes());
    streamBytes = positive("stream_bytes", settings.streamBytes());
  }

  private void describe(String newName, String newDescription) {
    name = Texts.name("name", newName, 200);
    description = Texts.bounded("description", newDescription, 4000);
  }

  /** Closes the project; its slug stays taken until everything it owned is gone. */
  public void delete(Instant now) {
    if (deletedAt == null) {
      deletedAt = now;
    }
  }

  /**
   * Notes that nothing of what the project owned is left, and gives its slug back. Its number is
   * never given again: senders keep it in their settings.
   */
  public void purged(Instant now) {
    purgedAt = now;
    // No valid slug, so it is in nobody's way; trails that name the project by its id show it.
    slug = "deleted:" + id;
  }

  /**
   * @throws ProblemException {@code precondition_failed} when the caller saw another version
   */
  public void mustBeAt(SeenVersions seen) {
    if (!seen.include(version)) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED, "The project was changed meanwhile; read it again.");
    }
  }

  public long id() {
    return id;
  }

  public String slug() {
    return slug;
  }

  public boolean isDeleted() {
    return deletedAt != null;
  }

  /** What a reader gets. */
  public ProjectSummary summary() {
    return new ProjectSummary(
        Long.toString(id),
        number,
        slug,
        name,
        description,
        retentionDays,
        retentionBytes,
        streamBytes,
        createdAt,
        version);
  }

  private static <N extends Number> @Nullable N positive(String field, @Nullable N value) {
    if (value != null && value.longValue() < 1) {
      throw ProblemException.field(field, "At least 1, or null for no limit.");
    }
    return value;
  }
}
