package io.binnacle.logs.entity;

/**
 * Which segments of an owner a view by time may need.
 *
 * @param fromBucket none of an earlier bucket
 * @param toBucket none of a later bucket
 * @param first nanoseconds since 1970; none all of whose lines are earlier
 * @param last none all of whose lines are later
 */
public record SegmentRange(LogOwner owner, int fromBucket, int toBucket, long first, long last) {
  /** The part of it in one bucket. */
  public SegmentRange in(int bucket) {
    return new SegmentRange(owner, bucket, bucket, first, last);
  }

  /** The part of it through a bucket. */
  public SegmentRange through(int bucket) {
    return new SegmentRange(owner, fromBucket, bucket, first, last);
  }
}
