package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogLine;
import java.util.List;

/**
 * News of one stream for the viewers of one filter.
 *
 * @param stream its id
 * @param fromLine the first line that was looked at
 * @param toLine the last one
 * @param items the lines among them that pass the filter, rising
 * @param skipped whether the range passed too fast to be shown: {@code items} is empty then
 */
public record TailFrame(
    long stream, long fromLine, long toLine, List<LogLine> items, boolean skipped) {}
