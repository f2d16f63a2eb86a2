/** The beans behind the pages of runs. */
@org.jspecify.annotations.NullMarked
package io.binnacle.runs.boundary.faces;
