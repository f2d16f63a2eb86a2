/** Metrics of runs as they are stored and read. */
@org.jspecify.annotations.NullMarked
package io.binnacle.metrics.entity;
