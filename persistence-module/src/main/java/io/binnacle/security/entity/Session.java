package io.binnacle.security.entity;

import java.time.Instant;

/**
 * A console session as its user may see it.
 *
 * @param seenAt when it was last used, to the minute
 * @param expiresAt when it ends even if it is used all the time
 * @param address where it was begun
 */
public record Session(
    String id,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt,
    String address,
    String userAgent) {}
