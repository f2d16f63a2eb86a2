/** The benchmarks: one class for a row, or a few rows, of the report. */
@NullMarked
package io.binnacle.bench.work;

import org.jspecify.annotations.NullMarked;
