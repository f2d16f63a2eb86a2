/** Projects in the REST API. */
@org.jspecify.annotations.NullMarked
package io.binnacle.projects.boundary.rest;
