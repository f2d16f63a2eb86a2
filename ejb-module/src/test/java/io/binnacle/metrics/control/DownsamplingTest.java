package io.binnacle.metrics.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.metrics.entity.MetricSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DownsamplingTest {
  @Test
  void aSpikeAndAMissingNumberAreNeverLost() {
    Downsampling chart = new Downsampling(0, 9_999, 30);
    for (int step = 0; step < 10_000; step++) {
      chart.add(sample(step, step == 5_003 ? 99 : step == 7_777 ? Double.NaN : Math.sin(step)));
    }
    List<MetricSample> points = chart.points();

    assertTrue(points.contains(sample(5_003, 99)));
    assertTrue(points.contains(sample(7_777, Double.NaN)));
    assertEquals(21, points.size());
  }

  @Test
  void pointsStayFewInOrderAndKeepTheExtremes() {
    Random random = new Random(46);
    for (int round = 0; round < 500; round++) {
      int maxPoints = 3 + random.nextInt(40);
      List<MetricSample> samples = samples(random);
      Downsampling chart =
          new Downsampling(
              samples.get(0).step(), samples.get(samples.size() - 1).step(), maxPoints);
      samples.forEach(chart::add);
      List<MetricSample> points = chart.points();

      assertTrue(points.size() <= maxPoints, points.size() + " of " + maxPoints);
      assertTrue(samples.containsAll(points));
      assertEquals(
          points.stream().map(MetricSample::step).sorted().distinct().toList(),
          points.stream().map(MetricSample::step).toList());
      assertEquals(max(samples), max(points));
      assertEquals(-max(negated(samples)), -max(negated(points)));
    }
  }

  @Test
  void stepsOverTheWholeRangeDoNotOverflow() {
    Downsampling chart = new Downsampling(0, Long.MAX_VALUE, 6);
    chart.add(sample(0, 1));
    chart.add(sample(Long.MAX_VALUE / 2 - 5, 2));
    chart.add(sample(Long.MAX_VALUE, 3));

    assertEquals(3, chart.points().size());
  }

  private static List<MetricSample> samples(Random random) {
    List<MetricSample> samples = new ArrayList<>();
    long step = random.nextInt(1_000);
    for (int left = 1 + random.nextInt(300); left > 0; left--) {
      samples.add(sample(step, random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian()));
      step += 1 + random.nextInt(random.nextBoolean() ? 2 : 1_000);
    }
    return samples;
  }

  private static List<MetricSample> negated(List<MetricSample> samples) {
    return samples.stream().map(s -> sample(s.step(), -s.value())).toList();
  }

  private static double max(List<MetricSample> samples) {
    return samples.stream()
        .mapToDouble(MetricSample::value)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  private static MetricSample sample(long step, double value) {
    return new MetricSample("loss", step, value, Instant.EPOCH);
  }
}
