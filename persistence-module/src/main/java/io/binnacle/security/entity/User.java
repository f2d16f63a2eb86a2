package io.binnacle.security.entity;

import java.time.Instant;

/**
 * A user as the API shows it.
 *
 * @param name the login
 * @param displayName what others read
 * @param disabled whether the user is kept out
 * @param version for {@code If-Match}
 */
public record User(
    String id,
    String name,
    String displayName,
    Role role,
    boolean disabled,
    Instant createdAt,
    long version) {}
