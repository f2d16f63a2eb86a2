package io.binnacle.metrics.control;

/** What one request, and one run, may hold. */
public final class MetricLimits {
  /** Points of a request. */
  public static final int POINTS = 1_000;

  /** Values of a point. */
  public static final int VALUES = 1_000;

  /** Values of a request: one transaction stores them. */
  public static final int REQUEST_VALUES = 100_000;

  /** Metrics of a run. */
  public static final int NAMES = 10_000;

  /** Characters of a metric's name. */
  public static final int NAME_CHARS = 250;

  /** Bytes of a body, inflated. */
  public static final int BODY_BYTES = 8 << 20;

  /** Refused points that an answer lists; it counts all of them. */
  public static final int LISTED_REFUSALS = 100;

  private MetricLimits() {}
}
