/** The deterministic data set: what training jobs and their servers write. */
@NullMarked
package io.binnacle.bench.data;

import org.jspecify.annotations.NullMarked;
