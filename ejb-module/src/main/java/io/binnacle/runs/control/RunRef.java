package io.binnacle.runs.control;

import io.binnacle.security.entity.ProjectScope;
import java.util.UUID;

/**
 * A run that a caller may work on.
 *
 * @param scope opens its project's data
 * @param key its 64-bit key
 * @param runId its public id
 */
public record RunRef(ProjectScope scope, long key, UUID runId) {}
