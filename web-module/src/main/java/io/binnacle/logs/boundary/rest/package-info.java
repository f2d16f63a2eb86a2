/** Logs in the REST API. */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.boundary.rest;
