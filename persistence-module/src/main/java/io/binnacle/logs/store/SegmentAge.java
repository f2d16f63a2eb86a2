package io.binnacle.logs.store;

/**
 * What retention asks of a segment.
 *
 * @param endLine the first line after it
 * @param payloadBytes what it takes
 * @param time of its newest line, in nanoseconds since 1970; that of its writing when the newest
 *     line says that it is of the future, which else would keep it until then
 */
public record SegmentAge(long streamId, long endLine, int payloadBytes, long time) {
  /** The time of a segment as the databases compute it; to be bound is the time now. */
  static final String TIME = "case when g.max_time > ? then g.created_at else g.max_time end";
}
