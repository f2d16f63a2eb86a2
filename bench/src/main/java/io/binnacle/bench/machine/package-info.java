/** What the machine can do at best: the limits printed beside the figures. */
@NullMarked
package io.binnacle.bench.machine;

import org.jspecify.annotations.NullMarked;
