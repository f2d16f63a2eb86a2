package io.binnacle.logs.control;

import io.binnacle.logs.entity.LogOwner;
import io.binnacle.security.entity.ProjectScope;

/**
 * A log that a caller may work on.
 *
 * @param scope opens the project's data
 * @param field {@code run_id} or {@code service}: how lines name their owner
 * @param name the run's public id, or the service's name
 */
public record LogAddress(ProjectScope scope, LogOwner owner, String field, String name) {}
