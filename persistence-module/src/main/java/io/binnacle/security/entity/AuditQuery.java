package io.binnacle.security.entity;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which audit entries are wanted; null means any. */
public record AuditQuery(
    @Nullable Long projectId,
    @Nullable Long userId,
    @Nullable String action,
    @Nullable String objectType,
    @Nullable String objectId) {

  /** The filter as a text, to which cursors are bound. */
  public String canonical() {
    return Stream.of(projectId, userId, action, objectType, objectId)
        .map(part -> part == null ? "" : part.toString().replace("|", "||"))
        .collect(Collectors.joining("|-|", "audit|", ""));
  }
}
