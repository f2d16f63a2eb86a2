/**
 * What becomes of stored lines: compaction merges their segments, and deletion and retention remove
 * them. The timers of the feature are here too.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.control.upkeep;
