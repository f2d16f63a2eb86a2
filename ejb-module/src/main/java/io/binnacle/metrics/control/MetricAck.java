package io.binnacle.metrics.control;

import java.util.List;

/**
 * That metrics are on disk.
 *
 * @param accepted points that were stored, each whole
 * @param refused the first refused points
 * @param refusedCount all refused points
 */
public record MetricAck(int accepted, List<RefusedPoint> refused, int refusedCount) {}
