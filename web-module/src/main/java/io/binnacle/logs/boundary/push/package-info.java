/** Live tails over WebSocket; the protocol is described in docs/live-tail.md. */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.boundary.push;
