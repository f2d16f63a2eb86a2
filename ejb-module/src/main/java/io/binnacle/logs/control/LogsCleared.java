package io.binnacle.logs.control;

import java.util.Map;

/**
 * That the log of an owner was cleared; fired in the clearing transaction.
 *
 * @param through the last deleted line of each stream
 */
public record LogsCleared(long ownerId, Map<Long, Long> through) {}
