/** The server under test: installed once, started with data of its own, killed if need be. */
@org.jspecify.annotations.NullMarked
package io.binnacle.it.server;
