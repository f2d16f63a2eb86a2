package io.binnacle.logs.control;

/**
 * How many lines a query matches.
 *
 * @param exact false when there may be more
 */
record LogTotal(long lines, boolean exact) {}
