/** The processes under test: the packaged server and, if wanted, MySQL. */
@NullMarked
package io.binnacle.bench.server;

import org.jspecify.annotations.NullMarked;
