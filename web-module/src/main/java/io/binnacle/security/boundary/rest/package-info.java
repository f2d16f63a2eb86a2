/** Authentication of requests and the permission that every resource declares. */
@org.jspecify.annotations.NullMarked
package io.binnacle.security.boundary.rest;
