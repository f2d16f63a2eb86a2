package io.binnacle.logs.control.read;

import org.jspecify.annotations.Nullable;

/**
 * What a page of a merged view may hold.
 *
 * @param descending whether the newest lines come first
 * @param limit lines, at least 1
 * @param chars characters of all lines; a page with longer ones has fewer
 * @param after the place after which it begins; null for the first
 */
record PageBounds(boolean descending, int limit, long chars, @Nullable LinePosition after) {}
