package io.binnacle.metrics.entity;

import org.jspecify.annotations.Nullable;

/**
 * A metric of a run in numbers.
 *
 * @param count how many steps have a value
 * @param last the value of the highest step; may be NaN or infinite
 * @param min the lowest finite value; null when there is none
 * @param max the highest finite value; null when there is none
 */
public record MetricSummary(
    String name,
    long count,
    double last,
    @Nullable Double min,
    @Nullable Double max,
    long lastStep) {}
