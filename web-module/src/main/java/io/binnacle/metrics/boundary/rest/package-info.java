/** The REST API of metrics. */
@org.jspecify.annotations.NullMarked
package io.binnacle.metrics.boundary.rest;
