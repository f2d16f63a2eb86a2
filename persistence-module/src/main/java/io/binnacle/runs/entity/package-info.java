/** Runs: one execution of a training, evaluation or other script. */
@org.jspecify.annotations.NullMarked
package io.binnacle.runs.entity;
