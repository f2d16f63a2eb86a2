/** What every REST resource shares: JSON, limits, lists. */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.boundary.rest;
