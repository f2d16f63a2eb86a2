package io.binnacle.metrics.entity;

import java.util.function.BinaryOperator;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the samples of a metric up to a step add up to. It stays some way behind the newest step:
 * what is written twice, by a retry or by two processes of a run, is mostly new.
 *
 * @param throughStep the last step that it holds; -1 for none
 * @param foldAt the step at which it is to hold more
 * @param count how many steps have a value
 * @param min the lowest finite value; null when there is none
 * @param max the highest finite value; null when there is none
 */
public record MetricTotal(
    long throughStep, long foldAt, long count, @Nullable Double min, @Nullable Double max) {
  /** How far it stays behind, and how far it goes at once. */
  private static final long STEPS = 1_000;

  /** Of a metric that was never added up. */
  public static final MetricTotal NONE = new MetricTotal(-1, 0, 0, null, null).through(-1);

  /**
   * What becomes of it when samples were written: it is lost when they change what it holds, and it
   * takes up more when they lie far enough ahead.
   *
   * @param first the lowest step that was written
   * @param last the highest step that was written
   * @param upTo this total with the samples behind it, through a step
   */
  public MetricTotal after(long first, long last, LongFunction<MetricTotal> upTo) {
    if (first <= throughStep) {
      return lost();
    }
    if (last < foldAt) {
      return this;
    }
    long through = last - STEPS;
    return upTo.apply(through).through(through);
  }

  /** The total with the samples behind it, through a step. */
  public MetricTotal and(long moreCount, @Nullable Double moreMin, @Nullable Double moreMax) {
    return new MetricTotal(
        throughStep,
        foldAt,
        count + moreCount,
        either(min, moreMin, Math::min),
        either(max, moreMax, Math::max));
  }

  /** The same total, that is known to hold everything through a step. */
  public MetricTotal through(long step) {
    return new MetricTotal(step, ahead(step, 2 * STEPS), count, min, max);
  }

  /**
   * Of a metric whose past was changed. It is added up anew at twice its length: whoever changes
   * the past again and again must not have all of it read each time.
   */
  private MetricTotal lost() {
    return new MetricTotal(-1, ahead(throughStep, throughStep + 2 * STEPS), 0, null, null);
  }

  private static long ahead(long step, long by) {
    return by < 0 || step > Long.MAX_VALUE - by ? Long.MAX_VALUE : step + by;
  }

  private static @Nullable Double either(
      @Nullable Double one, @Nullable Double other, BinaryOperator<Double> chosen) {
    return one == null ? other : other == null ? one : chosen.apply(one, other);
  }
}
