/**
 * How data gets in without loss: a byte budget taken before a body is read, and a group commit that
 * answers only after the database did. Knows nothing of what it carries.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.control.ingest;
