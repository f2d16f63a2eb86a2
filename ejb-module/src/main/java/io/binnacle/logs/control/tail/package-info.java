/**
 * Following a log live: what was committed, here or on another server, is read once and told to all
 * who watch.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.control.tail;
