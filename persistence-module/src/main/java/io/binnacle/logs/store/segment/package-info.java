/**
 * The format of a log segment: lines in columns, each compressed on its own. Knows nothing of
 * databases.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.store.segment;
