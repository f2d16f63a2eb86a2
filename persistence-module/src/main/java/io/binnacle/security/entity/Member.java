package io.binnacle.security.entity;

import java.time.Instant;

/** A member of a project as the API shows it. */
public record Member(User user, Instant addedAt) {}
