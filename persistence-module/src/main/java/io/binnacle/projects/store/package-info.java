/** Queries of projects and services. */
@org.jspecify.annotations.NullMarked
package io.binnacle.projects.store;
