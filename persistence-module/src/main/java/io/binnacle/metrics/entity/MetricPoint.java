package io.binnacle.metrics.entity;

import java.util.Map;

/**
 * What a script reports at one step.
 *
 * @param step 0 or more
 * @param time nanoseconds since 1970
 * @param values by the name of the metric; NaN and infinities are values like others
 */
public record MetricPoint(long step, long time, Map<String, Double> values) {}
