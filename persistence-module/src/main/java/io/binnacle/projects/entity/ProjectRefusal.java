package io.binnacle.projects.entity;

import java.time.Instant;

/**
 * How often something of a project was refused, truncated, dropped or skipped.
 *
 * @param project its slug
 * @param kind the class of data: {@code logs}, {@code metrics}, …
 * @param reason a stable code: {@code truncated}, {@code expired}, …
 * @param total how many items so far
 * @param lastAt when it last happened
 */
public record ProjectRefusal(
    String project, String kind, String reason, long total, Instant lastAt) {}
