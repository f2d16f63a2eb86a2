/**
 * What holds for every request, be it for the API, a socket or a page: filters, error pages, the
 * form of a refusal, readiness.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.boundary.http;
