/**
 * HTTP/1.1 with the least possible work per request: the generator shares the cores with the
 * server.
 */
@NullMarked
package io.binnacle.bench.http;

import org.jspecify.annotations.NullMarked;
