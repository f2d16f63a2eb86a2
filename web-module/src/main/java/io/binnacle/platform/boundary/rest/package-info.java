/** What every REST resource shares: JSON, problems, limits, request ids. */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.boundary.rest;
