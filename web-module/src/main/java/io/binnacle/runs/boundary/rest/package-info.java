/** Runs in the REST API. */
@org.jspecify.annotations.NullMarked
package io.binnacle.runs.boundary.rest;
