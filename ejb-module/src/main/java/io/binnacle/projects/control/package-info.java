/** Creating, finding, changing and deleting projects and services. */
@org.jspecify.annotations.NullMarked
package io.binnacle.projects.control;
