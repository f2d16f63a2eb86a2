package io.binnacle.logs.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a log.
 *
 * @param nextCursor where the next page begins; null when there is none
 * @param total lines that pass the filter, as far as known
 * @param totalExact false when {@code total} is only a lower bound
 * @param scannedBytes text that was read for this page
 * @param complete false when the budget ended before the page was full: go on with the cursor
 */
public record LogPage(
    List<LogLine> items,
    @Nullable String nextCursor,
    long total,
    boolean totalExact,
    long scannedBytes,
    boolean complete) {}
