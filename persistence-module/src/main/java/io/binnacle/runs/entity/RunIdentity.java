package io.binnacle.runs.entity;

/**
 * What every request for a run needs, and what does not change but for its deletion.
 *
 * @param key its 64-bit key
 * @param deleted whether it was deleted, or its project was
 */
public record RunIdentity(long key, long projectId, boolean deleted) {}
