/** Start-up, clock, retries and build information. */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.control;
