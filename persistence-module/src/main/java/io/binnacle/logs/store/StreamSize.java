package io.binnacle.logs.store;

/**
 * What retention asks of a stream, which costs one row of each of two tables.
 *
 * @param purgedThrough the last line that was deleted; 0 when none was
 * @param payloadBytes what its readable segments take
 * @param oldestTime the {@link SegmentAge#time} of its first segment; the least number when that
 *     segment has to be looked for, the greatest when there is none
 */
public record StreamSize(long streamId, long purgedThrough, long payloadBytes, long oldestTime) {}
