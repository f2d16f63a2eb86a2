package io.binnacle.runs.control;

import java.util.UUID;

/** That a run was deleted; fired in the deleting transaction. */
public record RunDeleted(UUID runId, long key) {}
