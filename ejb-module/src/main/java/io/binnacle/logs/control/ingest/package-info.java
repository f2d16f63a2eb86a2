/**
 * Taking lines in: a batch is read from its request, checked, cut into segments, and committed
 * together with those that wait with it. It is answered when it is on disk.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.control.ingest;
