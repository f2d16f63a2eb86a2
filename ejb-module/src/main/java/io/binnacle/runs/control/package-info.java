/** The life of a run, from its creation to the removal of everything it owned. */
@org.jspecify.annotations.NullMarked
package io.binnacle.runs.control;
