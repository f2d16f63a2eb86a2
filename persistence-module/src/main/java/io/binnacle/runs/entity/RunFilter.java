package io.binnacle.runs.entity;

import io.binnacle.platform.entity.SortOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a list are wanted, and in which order; null leaves a part open.
 *
 * @param text what name, notes, host or command contains, in any case
 * @param order the order of the list
 */
public record RunFilter(
    @Nullable Long projectId,
    @Nullable RunStatus status,
    @Nullable String tag,
    @Nullable String text,
    @Nullable Instant startedAfter,
    @Nullable Instant startedBefore,
    SortOrder order) {

  /** One text for equal filters; cursors are bound to it. */
  public String canonical() {
    return "runs" + this;
  }
}
