package io.binnacle.metrics.entity;

import org.jspecify.annotations.Nullable;

/**
 * What the samples of a metric behind a step add up to; there is at least one.
 *
 * @param count how many steps have a value
 * @param min the lowest finite value; null when there is none
 * @param max the highest finite value; null when there is none
 * @param lastStep the highest step
 */
public record MetricRest(long count, @Nullable Double min, @Nullable Double max, long lastStep) {}
