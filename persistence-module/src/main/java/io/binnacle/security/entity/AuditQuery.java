package io.binnacle.security.entity;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted; null means any.
 *
 * @param userName the login of who made the change
 * @param since the earliest time
 * @param until the time before which they happened
 */
public record AuditQuery(
    @Nullable Long projectId,
    @Nullable Long userId,
    @Nullable String action,
    @Nullable String objectType,
    @Nullable String objectId,
    @Nullable String userName,
    @Nullable Instant since,
    @Nullable Instant until) {
  /** All entries. */
  public static final AuditQuery EVERYTHING =
      new AuditQuery(null, null, null, null, null, null, null, null);

  /** The filter as a text, to which cursors are bound. */
  public String canonical() {
    return Stream.of(projectId, userId, action, objectType, objectId, userName, since, until)
        .map(part -> part == null ? "" : part.toString().replace("|", "||"))
        .collect(Collectors.joining("|-|", "audit|", ""));
  }
}
