/** Taking metrics in, reading them, and drawing fewer points of them. */
@org.jspecify.annotations.NullMarked
package io.binnacle.metrics.control;
