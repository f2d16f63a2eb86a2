package io.binnacle.runs.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What goes on in a project.
 *
 * @param runs how many there are
 * @param running how many of them run
 * @param newest when the newest of them began; null without any
 */
public record RunActivity(long runs, long running, @Nullable Instant newest) {
  /** Of a project without runs. */
  public static final RunActivity NONE = new RunActivity(0, 0, null);
}
