package io.binnacle.security.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail as others may see it.
 *
 * @param userId who made the change; null for the server itself
 * @param userName null when the user is gone
 * @param projectId null for the installation
 * @param before JSON, or null
 * @param after JSON, or null
 */
public record AuditRecord(
    String id,
    Instant at,
    @Nullable String userId,
    @Nullable String userName,
    @Nullable String keyId,
    @Nullable String projectId,
    String action,
    String objectType,
    String objectId,
    @Nullable String before,
    @Nullable String after,
    @Nullable String requestId) {}
