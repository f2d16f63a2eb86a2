/** A small HTTP and WebSocket client for tests. */
@org.jspecify.annotations.NullMarked
package io.binnacle.it.http;
