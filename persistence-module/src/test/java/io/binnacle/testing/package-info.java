/**
 * What tests of several features need: the embedded database and a real MySQL 8, each migrated from
 * nothing, lines of logs, and events.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.testing;
