package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a curve of few points that looks like the one of all: the steps are cut into equal parts,
 * and each part keeps its lowest value, its highest, and the first that is no number, at their own
 * steps. A spike, or a single NaN, is never lost.
 */
final class Downsampling {
  private static final int POINTS_OF_PART = 3;

  private final long first;
  private final double partsPerStep;
  private final int parts;
  private final List<MetricSample> points = new ArrayList<>();

  private int part;
  private @Nullable MetricSample lowest;
  private @Nullable MetricSample highest;
  private @Nullable MetricSample noNumber;

  /**
   * @param first the lowest step
   * @param last the highest step; later ones, written meanwhile, count to the last part
   * @param maxPoints how many points there may be, 3 or more
   */
  Downsampling(long first, long last, int maxPoints) {
    this.first = first;
    this.parts = maxPoints / POINTS_OF_PART;
    this.partsPerStep = parts / ((double) last - first + 1);
  }

  /** Takes the next sample, in the order of steps. */
  void add(MetricSample sample) {
    int of = (int) Math.min(parts - 1L, (long) ((sample.step() - first) * partsPerStep));
    if (of != part) {
      endPart();
      part = of;
    }
    double value = sample.value();
    if (!Double.isFinite(value)) {
      noNumber = noNumber == null ? sample : noNumber;
      return;
    }
    lowest = lowest == null || value < lowest.value() ? sample : lowest;
    highest = highest == null || value > highest.value() ? sample : highest;
  }

  /** The points, after the last sample. */
  List<MetricSample> points() {
    endPart();
    return points;
  }

  private void endPart() {
    Set<MetricSample> kept = new LinkedHashSet<>();
    Stream.of(lowest, highest, noNumber).flatMap(Stream::ofNullable).forEach(kept::add);
    kept.stream().sorted(Comparator.comparingLong(MetricSample::step)).forEach(points::add);
    lowest = null;
    highest = null;
    noNumber = null;
  }
}
