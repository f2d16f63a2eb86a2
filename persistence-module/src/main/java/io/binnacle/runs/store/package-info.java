/** Queries of runs. */
@org.jspecify.annotations.NullMarked
package io.binnacle.runs.store;
