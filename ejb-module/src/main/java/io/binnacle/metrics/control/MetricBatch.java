package io.binnacle.metrics.control;

import io.binnacle.metrics.entity.MetricPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The points of a request: the good ones, and what became of the others. */
public final class MetricBatch {
  private final List<Placed> points = new ArrayList<>();
  private final List<RefusedPoint> refused = new ArrayList<>();
  private final Map<String, Long> refusals = new TreeMap<>();

  /** A good point and its place in the request, from 0. */
  record Placed(int index, MetricPoint point) {}

  void add(int index, MetricPoint point) {
    points.add(new Placed(index, point));
  }

  void refuse(RefusedPoint point) {
    refused.add(point);
    refusals.merge(point.code(), 1L, Long::sum);
  }

  /** The time of the newest good point; the lowest of all without one. */
  long newest() {
    return points.stream().mapToLong(placed -> placed.point().time()).max().orElse(Long.MIN_VALUE);
  }

  List<Placed> points() {
    return points;
  }

  /** How many points were refused, by code. */
  Map<String, Long> refusals() {
    return refusals;
  }

  /**
   * The same batch without some of its points: a transaction that is retried must find the batch as
   * it came.
   */
  MetricBatch without(List<RefusedPoint> more) {
    MetricBatch rest = new MetricBatch();
    refused.forEach(rest::refuse);
    more.forEach(rest::refuse);
    Set<Integer> gone = more.stream().map(RefusedPoint::index).collect(Collectors.toSet());
    points.stream()
        .filter(placed -> !gone.contains(placed.index()))
        .forEach(placed -> rest.add(placed.index(), placed.point()));
    return rest;
  }

  MetricAck ack() {
    List<RefusedPoint> listed =
        refused.stream()
            .sorted(Comparator.comparingInt(RefusedPoint::index))
            .limit(MetricLimits.LISTED_REFUSALS)
            .toList();
    return new MetricAck(points.size(), listed, refused.size());
  }
}
