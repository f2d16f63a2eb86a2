package io.binnacle.security.control;

import io.binnacle.security.entity.Caller;

/**
 * What a key or a session token stands for, as the database had it.
 *
 * @param id the key's or the session's id
 * @param validUntil when it ends by itself, in nanoseconds since 1970; MAX_VALUE for never
 * @param usedAt the last use that is known, in nanoseconds since 1970
 */
public record Credential(Caller caller, long id, long validUntil, long usedAt) {}
