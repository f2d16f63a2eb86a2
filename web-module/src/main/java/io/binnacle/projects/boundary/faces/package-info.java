/** The beans behind the pages of projects and services. */
@org.jspecify.annotations.NullMarked
package io.binnacle.projects.boundary.faces;
