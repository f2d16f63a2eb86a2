package io.binnacle.logs.control.read;

/**
 * How many lines a query matches.
 *
 * @param exact false when there may be more
 */
record LogTotal(long lines, boolean exact) {}
