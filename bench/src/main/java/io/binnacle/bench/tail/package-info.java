/** Viewers of the live tail. */
@NullMarked
package io.binnacle.bench.tail;

import org.jspecify.annotations.NullMarked;
