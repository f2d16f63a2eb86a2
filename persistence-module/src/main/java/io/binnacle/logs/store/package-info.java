/**
 * The log store: streams, segments, senders' windows and the commit feed, in plain JDBC. Every
 * method works in the caller's transaction.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.store;
