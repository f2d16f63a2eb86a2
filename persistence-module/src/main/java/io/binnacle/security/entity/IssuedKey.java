package io.binnacle.security.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as the API shows it.
 *
 * @param user the login of whom it acts for
 * @param project the slug of the only project of a bound key
 * @param lastUsedAt to the minute
 * @param key the key itself: only in the answer to its making
 */
public record IssuedKey(
    String id,
    String name,
    String prefix,
    String user,
    List<String> scopes,
    @Nullable String project,
    boolean unlimitedTails,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt,
    @Nullable String key) {}
