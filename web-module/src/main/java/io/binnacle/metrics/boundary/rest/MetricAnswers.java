package io.binnacle.metrics.boundary.rest;

import io.binnacle.metrics.entity.MetricSample;
import io.binnacle.metrics.entity.MetricSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Metrics in the answers of the API, where NaN and infinities, which JSON lacks, go by name. */
public final class MetricAnswers {
  private MetricAnswers() {}

  /**
   * The value of a metric at a step.
   *
   * @param value a number, {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}
   */
  public record Sample(String name, long step, Object value, Instant timestamp) {}

  /**
   * A metric in numbers.
   *
   * @param last a number, {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}
   * @param min the lowest number; absent when there is none
   * @param max the highest number; absent when there is none
   */
  public record Name(
      String name,
      long count,
      Object last,
      @Nullable Double min,
      @Nullable Double max,
      long lastStep) {}

  static Sample of(MetricSample sample) {
    return new Sample(sample.name(), sample.step(), json(sample.value()), sample.timestamp());
  }

  static Name of(MetricSummary summary) {
    return new Name(
        summary.name(),
        summary.count(),
        json(summary.last()),
        summary.min(),
        summary.max(),
        summary.lastStep());
  }

  private static Object json(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }
}
