package io.binnacle.security.entity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a new key is to open.
 *
 * @param name for people
 * @param projectId the only project, or null for all of the owner's
 * @param expiresAt when it ends by itself, or null
 * @param unlimitedTails whether the limit of live tails per user is lifted
 */
public record ApiKeyGrant(
    String name,
    Set<Right> scopes,
    @Nullable Long projectId,
    @Nullable Instant expiresAt,
    boolean unlimitedTails) {}
