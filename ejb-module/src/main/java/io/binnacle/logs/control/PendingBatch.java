package io.binnacle.logs.control;

/** A batch that waits for its commit. */
record PendingBatch(long streamId, LogBatch batch) {}
