package io.binnacle.metrics.entity;

import java.time.Instant;

/**
 * The value of a metric at a step.
 *
 * @param value may be NaN or infinite
 */
public record MetricSample(String name, long step, double value, Instant timestamp) {}
