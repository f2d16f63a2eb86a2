package io.binnacle.logs.control.tail;

import io.binnacle.logs.entity.LogLine;
import java.util.List;
import java.util.Map;

/**
 * Where a viewer begins.
 *
 * @param history the lines before, oldest first
 * @param skipped ranges that a returning viewer missed and that are too long to send
 * @param gone ranges that a returning viewer missed and that were rolled off or deleted meanwhile
 * @param names the names of all streams by id
 * @param positions the next line of every stream: what comes from there on will be delivered
 */
public record TailStart(
    List<LogLine> history,
    List<TailFrame.Skipped> skipped,
    List<TailFrame.Skipped> gone,
    Map<Long, String> names,
    Map<Long, Long> positions) {}
