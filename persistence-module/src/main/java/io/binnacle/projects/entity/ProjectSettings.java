package io.binnacle.projects.entity;

import org.jspecify.annotations.Nullable;

/**
 * What may be changed of a project.
 *
 * @param name what people read
 * @param retentionDays how long logs are kept, at least 1; null for ever
 * @param retentionBytes of all compressed logs, at least 1; null for no limit
 * @param streamBytes of one stream's compressed logs, at least 1; null for no limit
 */
public record ProjectSettings(
    String name,
    String description,
    @Nullable Integer retentionDays,
    @Nullable Long retentionBytes,
    @Nullable Long streamBytes) {
  /** The same under another name. */
  public ProjectSettings described(String newName, String newDescription) {
    return new ProjectSettings(newName, newDescription, retentionDays, retentionBytes, streamBytes);
  }

  /** The same with other limits. */
  public ProjectSettings keeping(
      @Nullable Integer days, @Nullable Long bytes, @Nullable Long bytesOfStream) {
    return new ProjectSettings(name, description, days, bytes, bytesOfStream);
  }
}
