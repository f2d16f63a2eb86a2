package io.binnacle.platform.entity;

import java.time.Instant;

/**
 * How often something of a project was refused, truncated, dropped or skipped.
 *
 * @param kind the class of data: {@code logs}, {@code metrics}, …
 * @param reason a stable code: {@code truncated}, {@code fields_too_large}, {@code expired}, …
 * @param total how many items so far
 * @param lastAt when it last happened
 */
public record Refusal(String kind, String reason, long total, Instant lastAt) {}
