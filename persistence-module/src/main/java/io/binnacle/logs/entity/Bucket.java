package io.binnacle.logs.entity;

import java.util.concurrent.TimeUnit;

/**
 * The hours since 1970 in which segments lie, so that a view of some hours reads no others. {@link
 * SegmentInfo#WIDE} is for lines whose time is far from that of their receipt.
 */
public final class Bucket {
  /** How long one is. */
  public static final long NANOS = TimeUnit.HOURS.toNanos(1);

  private Bucket() {}

  /**
   * The hour of a time.
   *
   * @param time nanoseconds since 1970
   */
  public static int of(long time) {
    return (int) Math.floorDiv(time, NANOS);
  }

  /**
   * Where a line belongs.
   *
   * @param time of the line, in nanoseconds since 1970
   * @param received when it came
   */
  public static int of(long time, long received) {
    return Math.abs(time - received) > NANOS ? SegmentInfo.WIDE : of(time);
  }

  /** The earliest time in a bucket, in nanoseconds since 1970; in the wide one there is none. */
  public static long begin(int bucket) {
    return bucket == SegmentInfo.WIDE ? Long.MIN_VALUE : bucket * NANOS;
  }
}
