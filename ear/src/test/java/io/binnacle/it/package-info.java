/** Tests of the real application on the real server, through HTTP and WebSocket. */
@org.jspecify.annotations.NullMarked
package io.binnacle.it;
