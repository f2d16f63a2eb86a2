/** Senders of log batches: as fast as they are answered, or at a fixed rate. */
@NullMarked
package io.binnacle.bench.load;

import org.jspecify.annotations.NullMarked;
