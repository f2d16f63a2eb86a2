package io.binnacle.projects.entity;

import io.binnacle.platform.entity.InstantNanos;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A backend, a frontend, a worker: something that runs for long and is no run. */
@Entity
@Table(name = "service")
public class Service {
  @Id private long id;

  @Column(name = "project_id")
  private long projectId;

  private String name = "";

  @Convert(converter = InstantNanos.class)
  @Column(name = "created_at")
  private Instant createdAt = Instant.EPOCH;

  /** For JPA. */
  protected Service() {}

  /** A service that was heard of. */
  public Service(long id, long projectId, Slug name, Instant createdAt) {
    this.id = id;
    this.projectId = projectId;
    this.name = name.text();
    this.createdAt = createdAt;
  }

  public long id() {
    return id;
  }

  /** What a reader gets. */
  public ServiceSummary summary() {
    return new ServiceSummary(Long.toString(id), Long.toString(projectId), name, createdAt);
  }
}
