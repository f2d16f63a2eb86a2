package io.binnacle.logs.entity;

/**
 * That a stream grew: what the commit feed tells.
 *
 * @param ownerId the run or service
 * @param firstLine the first new line
 * @param lines how many there are
 */
public record LogAppend(long ownerId, long streamId, long firstLine, int lines) {}
