package io.binnacle.runs.control;

import io.binnacle.runs.entity.RunStatus;

/** That a run moved to a status; fired in the changing transaction. */
public record RunStatusChanged(long runKey, RunStatus status) {}
