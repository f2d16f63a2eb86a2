/**
 * Reading what is stored, without a lock: pages of a search, downloads, and counts from metadata.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.control.read;
