package io.binnacle.logs.control;

/** That the log of an owner was cleared; fired in the clearing transaction. */
public record LogsCleared(long ownerId) {}
